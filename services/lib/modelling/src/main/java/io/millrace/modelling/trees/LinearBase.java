package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * A linear model whose misses trees are grown on: by themselves they draw a sum of columns as a staircase. Of a number by ridge
 * regression, of classes by logistic regression.
 *
 * @param encoder encoder of its columns; none is told a target
 * @param outputs what it learnt: a value as labels are, log odds, or a logarithm per class
 */
record LinearBase(NetworkEncoder encoder, List<LinearFit> outputs) {
    /** Rows that are encoded at once. */
    private static final int CHUNK = 8_192;
    /**
     * Training rows per degree of freedom: misses on the rows that a model was fitted to must be about those on others, or trees
     * learn from them what is not there.
     */
    private static final double ROWS_PER_FREEDOM = 20;
    /** Products of two columns of a row that are summed, at most: some 2 s. */
    private static final double MOST_PRODUCTS = 2e9;
    /** Rows from which is told how many columns one fills. */
    private static final int SAMPLE = 500;

    static LinearBase fit(Table table, int[] rows, Targets targets) {
        NetworkEncoder encoder = NetworkEncoder.linear(table, rows, TreesConfiguration.LINEAR_COLUMNS);
        int[] some = Table.evenly(
                rows, (int) Math.max(1, Math.min(rows.length, MOST_PRODUCTS / products(encoder, table, rows))));
        return new LinearBase(
                encoder,
                table.profile().task().isClassification()
                        ? logistic(encoder, table, some, targets)
                        : List.of(ridge(encoder, table, some, targets.labels(table, some))));
    }

    /** Products of two columns that a row has, in the mean; at least one. */
    private static double products(NetworkEncoder encoder, Table table, int[] rows) {
        Matrix sample = encoder.encode(table, Table.evenly(rows, SAMPLE)).dense();
        double products = 0;
        for (int r = 0; r < sample.rows(); r++) {
            double filled = 0;
            for (int c = 0; c < sample.columns(); c++) {
                filled += sample.get(r, c) == 0 ? 0 : 1;
            }
            products += filled * filled / 2;
        }
        return Math.max(1, products / sample.rows());
    }

    private static LinearFit ridge(NetworkEncoder encoder, Table table, int[] rows, float[] labels) {
        RidgeRegression regression = new RidgeRegression(encoder.width());
        for (int from = 0; from < rows.length; from += CHUNK) {
            regression.add(chunk(encoder, table, rows, from), labels, from);
        }
        return regression.fit(rows.length / ROWS_PER_FREEDOM);
    }

    private static List<LinearFit> logistic(NetworkEncoder encoder, Table table, int[] rows, Targets targets) {
        int most = TreesConfiguration.LINEAR_CELLS / (encoder.width() * LogisticRegression.outputs(targets.outputs()));
        int[] some = Table.evenly(rows, Math.max(1, most));
        return new LogisticRegression(encoder.encode(table, some).dense(), targets.labels(table, some), targets.prior())
                .fit(some.length / ROWS_PER_FREEDOM);
    }

    /** The outputs per row. */
    Matrix predict(Table table, int[] rows) {
        Matrix predictions = Matrix.filled(rows.length, outputs.size(), 0);
        for (int from = 0; from < rows.length; from += CHUNK) {
            Matrix encoded = chunk(encoder, table, rows, from);
            for (int r = 0; r < encoded.rows(); r++) {
                for (int o = 0; o < outputs.size(); o++) {
                    predictions.set(from + r, o, (float) outputs.get(o).of(encoded, r));
                }
            }
        }
        return predictions;
    }

    private static Matrix chunk(NetworkEncoder encoder, Table table, int[] rows, int from) {
        return encoder.encode(table, Arrays.copyOfRange(rows, from, Math.min(rows.length, from + CHUNK)))
                .dense();
    }
}
