package io.millrace.modelling.linear;

/**
 * The factor L of a symmetric matrix A + penalty I = L L', positive definite.
 *
 * @param lower rows of L up to the diagonal
 */
public record Cholesky(double[][] lower) {
    /** @param a rows of A up to the diagonal; A has no negative eigenvalues */
    public static Cholesky of(double[][] a, double penalty) {
        double[][] lower = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double rest = a[i][j] + (i == j ? penalty : 0) - product(lower[i], lower[j], 0, j);
                // Rounding must not make a sum of squares negative.
                lower[i][j] = i == j ? Math.sqrt(Math.max(rest, penalty)) : rest / lower[j][j];
            }
        }
        return new Cholesky(lower);
    }

    /** Four sums at once: each addition of a single one would wait for the one before it. */
    private static double product(double[] a, double[] b, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int k = from;
        for (; k + 3 < to; k += 4) {
            first += a[k] * b[k];
            second += a[k + 1] * b[k + 1];
            third += a[k + 2] * b[k + 2];
            fourth += a[k + 3] * b[k + 3];
        }
        for (; k < to; k++) {
            first += a[k] * b[k];
        }
        return first + second + third + fourth;
    }

    /** Trace of (L L')^-1: the sum of the squares of L^-1. */
    public double inverseTrace() {
        int n = lower.length;
        double trace = 0;
        double[] column = new double[n];
        for (int c = 0; c < n; c++) {
            invert(c, column);
            for (int i = c; i < n; i++) {
                trace += column[i] * column[i];
            }
        }
        return trace;
    }

    /** Puts a column of L^-1, from the diagonal down, into an array. */
    private void invert(int c, double[] column) {
        for (int i = c; i < column.length; i++) {
            column[i] = ((i == c ? 1 : 0) - product(lower[i], column, c, i)) / lower[i][i];
        }
    }

    /** Adds a multiple of (L L')^-1 to a matrix, rows up to the diagonal. */
    public void addInverse(double weight, double[][] sums) {
        int n = lower.length;
        double[][] columns = new double[n][n]; // of L^-1
        for (int c = 0; c < n; c++) {
            invert(c, columns[c]);
            for (int j = 0; j <= c; j++) {
                sums[c][j] += weight * product(columns[c], columns[j], c, n);
            }
        }
    }

    /** x' L L' x. */
    public double squared(double[] x) {
        double[] products = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j <= i; j++) {
                products[j] += lower[i][j] * x[i];
            }
        }
        return product(products, products, 0, x.length);
    }

    /** Logarithm of the determinant of L L'. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += 2 * Math.log(lower[i][i]);
        }
        return sum;
    }

    /** x with L x = right, in place of it. */
    public double[] whiten(double[] right) {
        for (int i = 0; i < right.length; i++) {
            right[i] = (right[i] - product(lower[i], right, 0, i)) / lower[i][i];
        }
        return right;
    }

    /** x with L L' x = right. */
    public double[] solve(double[] right) {
        double[] x = whiten(right.clone());
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            for (int k = 0; k < i; k++) {
                x[k] -= lower[i][k] * x[i];
            }
        }
        return x;
    }
}
