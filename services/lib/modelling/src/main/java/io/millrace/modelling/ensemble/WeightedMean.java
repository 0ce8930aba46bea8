package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;

/** A weighted sum of predictions that is built up one by one, so that only one of them is in memory at a time. */
public final class WeightedMean {
    private final Matrix sum;

    public WeightedMean(int rows, int columns) {
        sum = Matrix.filled(rows, columns, 0);
    }

    /** Adds predictions for some of the rows, {@code predictions} row i going to row {@code firstRow + i}. */
    public void add(Matrix predictions, int firstRow, double weight) {
        float[] added = predictions.values();
        int at = firstRow * sum.columns();
        for (int i = 0; i < added.length; i++) {
            sum.values()[at + i] += (float) (weight * added[i]);
        }
    }

    /** Adds predictions for all rows. */
    public void add(Matrix predictions, double weight) {
        add(predictions, 0, weight);
    }

    /** The sum so far, which is the mean when the weights added up to 1. Shared, not copied. */
    public Matrix result() {
        return sum;
    }
}
