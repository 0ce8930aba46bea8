package io.millrace.modelling.linear;

import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Arrays;

/** Sums over rows, which come in chunks, of columns and of their products: what least squares need to know of them. */
public final class ColumnProducts {
    /** Products of two columns of a row that are summed at most: some 2 s. */
    private static final double MOST = 2e9;
    /** Rows from which is told how many columns one fills. */
    private static final int SAMPLE = 500;
    /** Ratio of a penalty to the one before on a ladder that begins at 1. */
    private static final double STEP = 4;

    private final int columns;
    private final double[][] products;
    private final double[] sums;
    private final int[] filled;
    private long rows;

    public ColumnProducts(int columns) {
        this.columns = columns;
        this.products = new double[columns][];
        Arrays.setAll(products, c -> new double[c + 1]);
        this.sums = new double[columns];
        this.filled = new int[columns];
    }

    /** All of some rows, or as many, evenly spread, as their products can be summed of. */
    public static int[] affordable(NetworkEncoder encoder, Table table, int[] rows) {
        Matrix sample = encoder.encode(table, Table.evenly(rows, SAMPLE)).dense();
        double products = 0;
        for (int r = 0; r < sample.rows(); r++) {
            double filled = 0;
            for (int c = 0; c < sample.columns(); c++) {
                filled += sample.get(r, c) == 0 ? 0 : 1;
            }
            products += filled * filled / 2;
        }
        double ofRow = Math.max(1, products / sample.rows());
        return Table.evenly(rows, (int) Math.max(1, Math.min(rows.length, MOST / ofRow)));
    }

    /** Takes all rows of a matrix. */
    public void add(Matrix some) {
        for (int r = 0; r < some.rows(); r++) {
            add(some, r);
        }
    }

    /** Takes one row of a matrix. */
    public void add(Matrix some, int row) {
        // Most columns are levels and words, and most of those are 0.
        int count = 0;
        for (int c = 0; c < columns; c++) {
            if (some.get(row, c) != 0) {
                filled[count++] = c;
            }
        }
        for (int i = 0; i < count; i++) {
            double value = some.get(row, filled[i]);
            double[] ofColumn = products[filled[i]];
            for (int j = 0; j <= i; j++) {
                ofColumn[filled[j]] += value * some.get(row, filled[j]);
            }
            sums[filled[i]] += value;
        }
        rows++;
    }

    /** Columns of the rows. */
    public int columns() {
        return columns;
    }

    /** Rows that were taken. */
    public long rows() {
        return rows;
    }

    /** Mean of a column; 0 of no rows. */
    public double mean(int column) {
        return sums[column] / Math.max(1, rows);
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
    public double[][] centred(double factor) {
        double[][] centred = new double[columns][];
        for (int i = 0; i < columns; i++) {
            centred[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                centred[i][j] = factor * (products[i][j] - sums[i] * mean(j));
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
