package io.millrace.modelling.linear;

import io.millrace.modelling.table.Matrix;

/**
 * One output of a linear model.
 *
 * @param weights per column
 * @param intercept what a row of zeros has
 */
public record LinearFit(double[] weights, double intercept) {
    /** What it has for a row of as many columns. */
    public double of(Matrix rows, int row) {
        double sum = intercept;
        for (int c = 0; c < weights.length; c++) {
            sum += weights[c] * rows.get(row, c);
        }
        return sum;
    }
}
