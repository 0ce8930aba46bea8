package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;

/** A weighted sum of predictions that is built up one by one, so that only one of them is in memory at a time. */
public final class WeightedMean {
    private final Matrix sum;

    public WeightedMean(int rows, int columns) {
        sum = Matrix.filled(rows, columns, 0);
    }

    /** Adds predictions for all rows. */
    public void add(Matrix predictions, double weight) {
        float[] added = predictions.values();
        for (int i = 0; i < added.length; i++) {
            sum.values()[i] += (float) (weight * added[i]);
        }
    }

    /** The sum so far, which is the mean when the weights added up to 1. Shared, not copied. */
    public Matrix result() {
        return sum;
    }
}
