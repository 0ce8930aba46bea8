package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;

/**
 * A number with long tails once more as it is, with mean 0 and variance 1: a value to predict can depend on it linearly far
 * out, where {@link NormalScale} tells hardly more than the order. Stays within what training rows had; 0 where missing.
 *
 * @param feature number of the feature
 * @param mean over the training rows that have a value
 * @param deviation standard deviation over them
 * @param lowest least value of them
 * @param highest greatest value of them
 */
record TailEncoder(int feature, double mean, double deviation, double lowest, double highest)
        implements FeatureEncoder {

    /** Of a column that varies. */
    static TailEncoder fit(Table table, int feature, int[] rows) {
        double[] values = table.numbers(feature);
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        double mean = 0;
        double squares = 0;
        int present = 0;
        for (int row : rows) {
            double value = values[row];
            if (Double.isFinite(value)) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
                double from = value - mean;
                mean += from / ++present;
                squares += from * (value - mean);
            }
        }
        return new TailEncoder(feature, mean, Math.sqrt(squares / present), lowest, highest);
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        double[] values = table.numbers(feature);
        for (int i = 0; i < rows.length; i++) {
            double value = values[rows[i]];
            if (Double.isFinite(value)) {
                double within = Math.max(lowest, Math.min(highest, value));
                into.set(i, column, (float) ((within - mean) / deviation));
            }
        }
    }
}
