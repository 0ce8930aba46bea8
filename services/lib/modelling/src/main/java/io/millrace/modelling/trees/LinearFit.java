package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;

/**
 * One output of a linear model.
 *
 * @param weights per column
 * @param intercept what a row of zeros has
 */
record LinearFit(double[] weights, double intercept) {
    double of(Matrix rows, int row) {
        double sum = intercept;
        for (int c = 0; c < weights.length; c++) {
            sum += weights[c] * rows.get(row, c);
        }
        return sum;
    }
}
