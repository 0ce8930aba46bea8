package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;

/**
 * Root mean squared error of a growing ensemble; R2 falls where it rises. The squared error of a mean of predictions is a sum of
 * products of residuals over the pairs of its members, so rows are passed once for every candidate that becomes a member, and not for
 * every candidate in every round.
 */
final class SquaredError implements EnsembleError {
    private final float[][] residuals;
    /** Mean square of each candidate's residuals. */
    private final double[] own;
    /** Mean product of each candidate's residuals with those of a member; absent for what is none. */
    private final double[][] products;
    /** Mean product of each candidate's residuals with the sum of the members'. */
    private final double[] shared;
    /** Mean square of the sum of the members' residuals. */
    private double square;

    private int members;

    private SquaredError(float[][] residuals) {
        this.residuals = residuals;
        this.own = new double[residuals.length];
        this.products = new double[residuals.length][];
        this.shared = new double[residuals.length];
        for (int j = 0; j < residuals.length; j++) {
            own[j] = product(residuals[j], residuals[j]);
        }
    }

    static SquaredError of(double[] target, Matrix[] candidates) {
        float[][] residuals = new float[candidates.length][target.length];
        for (int j = 0; j < candidates.length; j++) {
            for (int r = 0; r < target.length; r++) {
                residuals[j][r] = (float) (candidates[j].get(r, 0) - target[r]);
            }
        }
        return new SquaredError(residuals);
    }

    @Override
    public double with(int candidate) {
        return Math.sqrt(Math.max(0, square + 2 * shared[candidate] + own[candidate])) / (members + 1);
    }

    @Override
    public void add(int candidate) {
        square += 2 * shared[candidate] + own[candidate];
        if (products[candidate] == null) {
            products[candidate] = products(residuals[candidate]);
        }
        for (int j = 0; j < shared.length; j++) {
            shared[j] += products[candidate][j];
        }
        members++;
    }

    private double[] products(float[] member) {
        double[] all = new double[residuals.length];
        for (int j = 0; j < all.length; j++) {
            all[j] = product(residuals[j], member);
        }
        return all;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int r = 0; r < a.length; r++) {
            sum += (double) a[r] * b[r];
        }
        return sum / a.length;
    }
}
