package io.millrace.modelling.trees;

import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Arrays;

/**
 * A linear model whose misses trees are grown on: by themselves they draw a sum of columns as a staircase. Of a number by ridge
 * regression, of two classes by logistic regression.
 *
 * @param encoder encoder of its columns; none is told a target
 * @param fit what it learnt
 */
record LinearBase(NetworkEncoder encoder, LinearFit fit) {
    /** Rows that are encoded at once. */
    private static final int CHUNK = 8_192;
    /**
     * Training rows per degree of freedom: misses on the rows that a model was fitted to must be about those on others, or trees
     * learn from them what is not there.
     */
    private static final double ROWS_PER_FREEDOM = 20;
    /** Rows times columns that logistic regression goes through in a step, at most. */
    private static final int MOST_CELLS = 30_000_000;

    static LinearBase fit(Table table, int[] rows, Targets targets) {
        NetworkEncoder encoder = NetworkEncoder.linear(table, rows);
        return new LinearBase(
                encoder,
                table.profile().task().isClassification()
                        ? logistic(
                                encoder, table, Table.evenly(rows, Math.max(1, MOST_CELLS / encoder.width())), targets)
                        : ridge(encoder, table, rows, targets.labels(table, rows)));
    }

    private static LinearFit ridge(NetworkEncoder encoder, Table table, int[] rows, float[] labels) {
        RidgeRegression regression = new RidgeRegression(encoder.width());
        for (int from = 0; from < rows.length; from += CHUNK) {
            regression.add(chunk(encoder, table, rows, from), labels, from);
        }
        return regression.fit(rows.length / ROWS_PER_FREEDOM);
    }

    private static LinearFit logistic(NetworkEncoder encoder, Table table, int[] rows, Targets targets) {
        return new LogisticRegression(encoder.encode(table, rows).dense(), targets.labels(table, rows))
                .fit(rows.length / ROWS_PER_FREEDOM);
    }

    /** A value as labels are, or log odds, per row. */
    float[] predict(Table table, int[] rows) {
        float[] predictions = new float[rows.length];
        for (int from = 0; from < rows.length; from += CHUNK) {
            fit.predict(chunk(encoder, table, rows, from), predictions, from);
        }
        return predictions;
    }

    private static Matrix chunk(NetworkEncoder encoder, Table table, int[] rows, int from) {
        return encoder.encode(table, Arrays.copyOfRange(rows, from, Math.min(rows.length, from + CHUNK)))
                .dense();
    }
}
