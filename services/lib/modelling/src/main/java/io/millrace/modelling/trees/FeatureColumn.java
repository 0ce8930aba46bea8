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
    @JsonSubTypes.Type(value = TextColumn.class, name = "text")
})
sealed interface FeatureColumn permits NumberColumn, CategoryColumn, InstantColumn, TextColumn {
    /** Number of columns it becomes. */
    int width();

    /** XGBoost's type of its columns: {@code q} for quantities, {@code c} for native categories. */
    default String type() {
        return "q";
    }

    /** Writes its cells, NaN where missing. */
    void write(Table table, int[] rows, Cells cells);
}
