package io.millrace.modelling.encode;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;

/**
 * A number as a quantity.
 *
 * @param feature number of the feature
 * @param quantity how it is scaled, fitted on training rows
 */
record NumberEncoder(int feature, @JsonUnwrapped Quantity quantity) implements FeatureEncoder {
    static NumberEncoder fit(Table table, int feature, int[] rows) {
        double[] values = table.numbers(feature);
        return new NumberEncoder(feature, Quantity.fit(row -> values[row], rows));
    }

    /** Whether the scale tells little of how far out a value is. */
    boolean hasLongTails() {
        return quantity.scale() instanceof NormalScale;
    }

    @Override
    public int width() {
        return quantity.width();
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        double[] values = table.numbers(feature);
        quantity.encode(row -> values[row], rows, into, column);
    }
}
