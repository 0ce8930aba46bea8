package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;

/**
 * Log loss of a growing ensemble. It depends on the probability of the true class only, and that of a mean of
 * predictions is the mean of theirs, so one number per row and candidate is kept; and the logarithm of a product costs
 * one call for many rows.
 */
final class LogLossError implements EnsembleError {
    private static final float LEAST_PROBABILITY = 1e-15f;
    /** 1e-15 to the power of 16 is 1e-240: a product of as many cannot underflow. */
    private static final int ROWS_PER_LOGARITHM = 16;

    private final float[][] candidates;
    private final float[] sum;
    private int members;

    private LogLossError(float[][] candidates) {
        this.candidates = candidates;
        this.sum = new float[candidates[0].length];
    }

    static LogLossError of(double[] target, Matrix[] candidates) {
        float[][] ofTruth = new float[candidates.length][target.length];
        for (int j = 0; j < candidates.length; j++) {
            for (int r = 0; r < target.length; r++) {
                ofTruth[j][r] = ofTruth(candidates[j], r, (int) target[r]);
            }
        }
        return new LogLossError(ofTruth);
    }

    private static float ofTruth(Matrix predictions, int row, int truth) {
        double total = 0;
        for (int c = 0; c < predictions.columns(); c++) {
            total += predictions.get(row, c);
        }
        return (float) (predictions.get(row, truth) / total);
    }

    @Override
    public double with(int candidate) {
        float[] added = candidates[candidate];
        float share = 1f / (members + 1);
        double logarithms = 0;
        for (int r = 0; r < added.length; ) {
            int end = Math.min(r + ROWS_PER_LOGARITHM, added.length);
            double product = 1;
            for (; r < end; r++) {
                product *= Math.max((sum[r] + added[r]) * share, LEAST_PROBABILITY);
            }
            logarithms += Math.log(product);
        }
        return -logarithms / added.length;
    }

    @Override
    public void add(int candidate) {
        for (int r = 0; r < sum.length; r++) {
            sum[r] += candidates[candidate][r];
        }
        members++;
    }
}
