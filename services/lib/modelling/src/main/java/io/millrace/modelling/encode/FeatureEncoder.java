package io.millrace.modelling.encode;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Optional;

/** How one feature, or two, become neighbouring columns of the dense matrix. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NumberEncoder.class, name = "number"),
    @JsonSubTypes.Type(value = TailEncoder.class, name = "tail"),
    @JsonSubTypes.Type(value = PairEncoder.class, name = "pair"),
    @JsonSubTypes.Type(value = BooleanEncoder.class, name = "boolean"),
    @JsonSubTypes.Type(value = OneHotEncoder.class, name = "one-hot"),
    @JsonSubTypes.Type(value = DateEncoder.class, name = "date"),
    @JsonSubTypes.Type(value = TextEncoder.class, name = "text"),
    @JsonSubTypes.Type(value = TargetMeans.class, name = "target")
})
public sealed interface FeatureEncoder
        permits NumberEncoder,
                TailEncoder,
                PairEncoder,
                BooleanEncoder,
                OneHotEncoder,
                DateEncoder,
                TextEncoder,
                TargetMeans {
    /** Columns it fills. */
    int width();

    /** The same within so many columns: as it is, of a text with fewer terms; empty where it needs more. */
    default Optional<FeatureEncoder> within(int columns) {
        return Optional.<FeatureEncoder>of(this).filter(encoder -> encoder.width() <= columns);
    }

    /** Fills columns {@code column} to {@code column + width() - 1}, one matrix row per row asked for; they hold 0 before. */
    void encode(Table table, int[] rows, Matrix into, int column);

    /** The same for exactly the rows that it was fitted on, where those must be told less than new ones. */
    default void encodeTraining(Table table, int[] rows, Matrix into, int column) {
        encode(table, rows, into, column);
    }
}
