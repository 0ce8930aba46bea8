package io.millrace.modelling.trees;

import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Arrays;

/**
 * A linear model of a number, whose residuals trees are grown on: by themselves they draw a sum of columns as a staircase.
 *
 * @param encoder encoder of its columns; none is told a target
 * @param weights per column
 * @param intercept what a row of zeros has
 */
record LinearBase(NetworkEncoder encoder, double[] weights, double intercept) {
    /** Rows that are encoded at once. */
    private static final int CHUNK = 8_192;
    /**
     * Training rows per degree of freedom: residuals of the rows that a model was fitted to must be about those of others, or trees
     * learn from them what is not there.
     */
    private static final double ROWS_PER_FREEDOM = 20;

    /** Fits to one label per row. */
    static LinearBase fit(Table table, int[] rows, float[] labels) {
        NetworkEncoder encoder = NetworkEncoder.linear(table, rows);
        RidgeRegression regression = new RidgeRegression(encoder.width());
        for (int from = 0; from < rows.length; from += CHUNK) {
            regression.add(chunk(encoder, table, rows, from), labels, from);
        }
        RidgeRegression.Fit fit = regression.fit(rows.length / ROWS_PER_FREEDOM);
        return new LinearBase(encoder, fit.weights(), fit.intercept());
    }

    /** What it says of rows, as labels are. */
    float[] predict(Table table, int[] rows) {
        float[] predictions = new float[rows.length];
        for (int from = 0; from < rows.length; from += CHUNK) {
            Matrix some = chunk(encoder, table, rows, from);
            for (int r = 0; r < some.rows(); r++) {
                double sum = intercept;
                for (int c = 0; c < weights.length; c++) {
                    sum += weights[c] * some.get(r, c);
                }
                predictions[from + r] = (float) sum;
            }
        }
        return predictions;
    }

    private static Matrix chunk(NetworkEncoder encoder, Table table, int[] rows, int from) {
        return encoder.encode(table, Arrays.copyOfRange(rows, from, Math.min(rows.length, from + CHUNK)))
                .dense();
    }
}
