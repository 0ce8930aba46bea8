package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Arrays;

/**
 * A quantity: scaled ({@link NumberScale} chooses how); where missing, the mean of the training rows, and a second column that is 1 if training
 * rows have missing values.
 *
 * @param feature number of the feature
 * @param scale scale fitted on training rows
 * @param mean mean over the training rows that have a value
 * @param indicator whether there is a column for missing
 */
record NumberEncoder(int feature, NumberScale scale, double mean, boolean indicator) implements FeatureEncoder {
    /** Quantiles of more rows than this are taken from an even sample: sorting would cost more than it tells. */
    private static final int MOST_SORTED = 100_000;

    static NumberEncoder fit(Table table, int feature, int[] rows) {
        double[] values = table.numbers(feature);
        int stride = (rows.length + MOST_SORTED - 1) / MOST_SORTED;
        double[] sample = new double[rows.length];
        int sampled = 0;
        int present = 0;
        double sum = 0;
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        for (int row : rows) {
            double value = values[row];
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
        return new NumberEncoder(feature, scale, present == 0 ? 0 : sum / present, present < rows.length);
    }

    /** Whether the scale tells little of how far out a value is. */
    boolean hasLongTails() {
        return scale instanceof NormalScale;
    }

    @Override
    public int width() {
        return indicator ? 2 : 1;
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        double[] values = table.numbers(feature);
        float imputed = (float) scale.apply(mean);
        for (int i = 0; i < rows.length; i++) {
            double value = values[rows[i]];
            boolean present = Double.isFinite(value);
            into.set(i, column, present ? (float) scale.apply(value) : imputed);
            if (indicator && !present) {
                into.set(i, column + 1, 1);
            }
        }
    }
}
