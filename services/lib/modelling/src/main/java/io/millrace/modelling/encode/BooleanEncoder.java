package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;

/** No, missing and yes as -1, 0 and 1. */
record BooleanEncoder(int feature) implements FeatureEncoder {
    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        double[] values = table.numbers(feature);
        for (int i = 0; i < rows.length; i++) {
            double value = values[rows[i]];
            into.set(i, column, Double.isNaN(value) ? 0 : value > 0.5 ? 1 : -1);
        }
    }
}
