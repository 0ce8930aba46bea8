package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;

/**
 * Least squares with a penalty on squared weights (Hoerl and Kennard, Technometrics 1970), from sums over rows that come in
 * chunks. What is added to a matrix are its columns' products with each other and with the target.
 */
final class RidgeRegression {
    private static final double LEAST_PENALTY = 1;
    private static final double STEP = 4;

    private final int columns;
    private final double[][] products;
    private final double[] sums;
    private final double[] withTarget;
    private double targets;
    private long rows;

    RidgeRegression(int columns) {
        this.columns = columns;
        this.products = new double[columns][columns];
        this.sums = new double[columns];
        this.withTarget = new double[columns];
    }

    /**
     * A fitted model.
     *
     * @param weights per column
     * @param intercept what a row of zeros has
     */
    record Fit(double[] weights, double intercept) {}

    /** Takes rows; target {@code from + r} belongs to row r. */
    void add(Matrix some, float[] target, int from) {
        int[] filled = new int[columns];
        for (int r = 0; r < some.rows(); r++) {
            // Most columns are levels and words, and most of those are 0.
            int count = 0;
            for (int c = 0; c < columns; c++) {
                if (some.get(r, c) != 0) {
                    filled[count++] = c;
                }
            }
            double y = target[from + r];
            for (int i = 0; i < count; i++) {
                double value = some.get(r, filled[i]);
                double[] row = products[filled[i]];
                for (int j = 0; j <= i; j++) {
                    row[filled[j]] += value * some.get(r, filled[j]);
                }
                sums[filled[i]] += value;
                withTarget[filled[i]] += value * y;
            }
            targets += y;
        }
        rows += some.rows();
    }

    /**
     * Fits with the least penalty of a ladder under which the model has few enough effective degrees of freedom (Hastie,
     * Tibshirani and Friedman, The Elements of Statistical Learning, 3.4.1).
     *
     * @param most degrees of freedom, intercept not counted; positive
     */
    Fit fit(double most) {
        double[][] centred = new double[columns][];
        double[] slopes = new double[columns];
        for (int i = 0; i < columns; i++) {
            centred[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                centred[i][j] = products[i][j] - sums[i] * sums[j] / rows;
            }
            slopes[i] = withTarget[i] - sums[i] * targets / rows;
        }
        double penalty = LEAST_PENALTY;
        double[][] lower = cholesky(centred, penalty);
        while (columns - penalty * inverseTrace(lower) > most) {
            penalty *= STEP;
            lower = cholesky(centred, penalty);
        }
        double[] weights = solve(lower, slopes);
        double intercept = targets / rows;
        for (int c = 0; c < columns; c++) {
            intercept -= weights[c] * sums[c] / rows;
        }
        return new Fit(weights, intercept);
    }

    /** Lower triangle L with L L' = A + penalty I. */
    private static double[][] cholesky(double[][] a, double penalty) {
        double[][] lower = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double rest = a[i][j] + (i == j ? penalty : 0) - product(lower[i], lower[j], j);
                // Rounding must not make a sum of squares negative.
                lower[i][j] = i == j ? Math.sqrt(Math.max(rest, penalty)) : rest / lower[j][j];
            }
        }
        return lower;
    }

    private static double product(double[] a, double[] b, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** Trace of (L L')^-1: the sum of the squares of L^-1. */
    private static double inverseTrace(double[][] lower) {
        int n = lower.length;
        double trace = 0;
        double[] column = new double[n];
        for (int c = 0; c < n; c++) {
            for (int i = c; i < n; i++) {
                double sum = i == c ? 1 : 0;
                for (int k = c; k < i; k++) {
                    sum -= lower[i][k] * column[k];
                }
                column[i] = sum / lower[i][i];
                trace += column[i] * column[i];
            }
        }
        return trace;
    }

    private static double[] solve(double[][] lower, double[] right) {
        double[] x = right.clone();
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] - product(lower[i], x, i)) / lower[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            for (int k = 0; k < i; k++) {
                x[k] -= lower[i][k] * x[i];
            }
        }
        return x;
    }
}
