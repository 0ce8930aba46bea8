package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * How a quantity that each row has enters a matrix: scaled ({@link NumberScale} chooses how); where missing, the mean of the training rows,
 * and a second column that is 1 if training rows have missing values.
 *
 * @param scale scale fitted on training rows
 * @param mean mean over the training rows that have a value
 * @param indicator whether there is a column for missing
 */
record Quantity(NumberScale scale, double mean, boolean indicator) {
    /** Quantiles of more rows than this are taken from an even sample: sorting would cost more than it tells. */
    private static final int MOST_SORTED = 100_000;

    /**
     * Fits on training rows.
     *
     * @param values value of a row; not finite where missing
     */
    static Quantity fit(IntToDoubleFunction values, int[] rows) {
        int stride = (rows.length + MOST_SORTED - 1) / MOST_SORTED;
        double[] sample = new double[rows.length];
        int sampled = 0;
        int present = 0;
        double sum = 0;
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        for (int row : rows) {
            double value = values.applyAsDouble(row);
            if (Double.isFinite(value)) {
                if (present++ % stride == 0) {
                    sample[sampled++] = value;
                }
                sum += value;
                minimum = Math.min(minimum, value);
                maximum = Math.max(maximum, value);
            }
        }
        NumberScale scale = NumberScale.of(Arrays.copyOf(sample, sampled), minimum, maximum);
        return new Quantity(scale, present == 0 ? 0 : sum / present, present < rows.length);
    }

    int width() {
        return indicator ? 2 : 1;
    }

    void encode(IntToDoubleFunction values, int[] rows, Matrix into, int column) {
        float imputed = (float) scale.apply(mean);
        for (int i = 0; i < rows.length; i++) {
            double value = values.applyAsDouble(rows[i]);
            boolean present = Double.isFinite(value);
            into.set(i, column, present ? (float) scale.apply(value) : imputed);
            if (indicator && !present) {
                into.set(i, column + 1, 1);
            }
        }
    }
}
