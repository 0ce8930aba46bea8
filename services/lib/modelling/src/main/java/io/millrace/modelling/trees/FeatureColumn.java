package io.millrace.modelling.trees;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.millrace.modelling.table.Table;

/** How one feature of the table becomes columns that trees split on. Fitted on training rows; written as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NumberColumn.class, name = "number"),
    @JsonSubTypes.Type(value = CategoryColumn.class, name = "category"),
    @JsonSubTypes.Type(value = InstantColumn.class, name = "instant"),
    @JsonSubTypes.Type(value = TextColumn.class, name = "text"),
    @JsonSubTypes.Type(value = TargetColumn.class, name = "target"),
    @JsonSubTypes.Type(value = ElementsColumn.class, name = "elements"),
    @JsonSubTypes.Type(value = PairColumn.class, name = "pair")
})
sealed interface FeatureColumn
        permits NumberColumn, CategoryColumn, InstantColumn, TextColumn, TargetColumn, ElementsColumn, PairColumn {
    /** Number of columns it becomes. */
    int width();

    /** XGBoost's type of its columns: {@code q} for quantities, {@code c} for native categories. */
    default String type() {
        return "q";
    }

    /** Writes its cells, NaN where missing. */
    void write(Table table, int[] rows, Cells cells);

    /** The same for exactly the rows that it was fitted on, none of which may be told its own target. */
    default void writeTraining(Table table, int[] rows, Cells cells) {
        write(table, rows, cells);
    }
}
