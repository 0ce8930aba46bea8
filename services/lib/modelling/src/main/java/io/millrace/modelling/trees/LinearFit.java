package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;

/**
 * A linear model: a value, or the log odds of the second of two classes.
 *
 * @param weights per column
 * @param intercept what a row of zeros has
 */
record LinearFit(double[] weights, double intercept) {
    /** Writes what it says of rows, the first to place {@code from}. */
    void predict(Matrix rows, float[] into, int from) {
        for (int r = 0; r < rows.rows(); r++) {
            double sum = intercept;
            for (int c = 0; c < weights.length; c++) {
                sum += weights[c] * rows.get(r, c);
            }
            into[from + r] = (float) sum;
        }
    }
}
