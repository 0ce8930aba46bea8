package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;

/** Sums over rows, which come in chunks, of columns and of their products: what least squares need to know of them. */
final class ColumnProducts {
    /** Ratio of a penalty to the one before on a ladder that begins at 1. */
    private static final double STEP = 4;

    private final int columns;
    private final double[][] products;
    private final double[] sums;
    private long rows;

    ColumnProducts(int columns) {
        this.columns = columns;
        this.products = new double[columns][];
        Arrays.setAll(products, c -> new double[c + 1]);
        this.sums = new double[columns];
    }

    void add(Matrix some) {
        int[] filled = new int[columns];
        for (int r = 0; r < some.rows(); r++) {
            // Most columns are levels and words, and most of those are 0.
            int count = 0;
            for (int c = 0; c < columns; c++) {
                if (some.get(r, c) != 0) {
                    filled[count++] = c;
                }
            }
            for (int i = 0; i < count; i++) {
                double value = some.get(r, filled[i]);
                double[] row = products[filled[i]];
                for (int j = 0; j <= i; j++) {
                    row[filled[j]] += value * some.get(r, filled[j]);
                }
                sums[filled[i]] += value;
            }
        }
        rows += some.rows();
    }

    double mean(int column) {
        return sums[column] / rows;
    }

    /** A linear model of columns less their means as one of the columns; {@code atMeans} is what a row of means has. */
    LinearFit uncentred(double[] weights, double atMeans) {
        double intercept = atMeans;
        for (int c = 0; c < columns; c++) {
            intercept -= weights[c] * mean(c);
        }
        return new LinearFit(weights, intercept);
    }

    /** Products of the columns less their means, times a factor; rows up to the diagonal. */
    double[][] centred(double factor) {
        double[][] centred = new double[columns][];
        for (int i = 0; i < columns; i++) {
            centred[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                centred[i][j] = factor * (products[i][j] - sums[i] * sums[j] / rows);
            }
        }
        return centred;
    }

    /**
     * The least penalty of a ladder under which a linear model has few enough effective degrees of freedom (Hastie, Tibshirani and
     * Friedman, The Elements of Statistical Learning, 3.4.1).
     *
     * @param variance of a row's target given the columns, by which the penalty is weighed
     * @param most degrees of freedom, intercept not counted; positive
     */
    double penalty(double variance, double most) {
        double[][] centred = centred(variance);
        double eigenvalue = 0;
        for (int c = 0; c < columns; c++) {
            eigenvalue += centred[c][c] / columns;
        }
        // An eigenvalue e has e / (e + penalty) of a degree of freedom: all together have most where they are equal.
        double surely = eigenvalue * (columns / most - 1);
        int enough = (int) Math.ceil(Math.log(Math.max(1, surely)) / Math.log(STEP));
        int tooLittle = -1;
        while (enough - tooLittle > 1) {
            int between = (tooLittle + enough) / 2;
            if (freedom(centred, Math.pow(STEP, between)) <= most) {
                enough = between;
            } else {
                tooLittle = between;
            }
        }
        return Math.pow(STEP, enough);
    }

    private static double freedom(double[][] centred, double penalty) {
        return centred.length - penalty * Cholesky.of(centred, penalty).inverseTrace();
    }
}
