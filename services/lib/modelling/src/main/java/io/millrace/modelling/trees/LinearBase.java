package io.millrace.modelling.trees;

import io.millrace.configuration.NumberForm;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.linear.ColumnProducts;
import io.millrace.modelling.linear.LinearFit;
import io.millrace.modelling.linear.LogisticRegression;
import io.millrace.modelling.linear.RidgeRegression;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.List;

/**
 * A linear model whose misses trees are grown on: by themselves they draw a sum of columns as a staircase. Of a number by ridge
 * regression, of classes by logistic regression.
 *
 * @param encoder encoder of its columns; none is told a target
 * @param outputs what it learnt: a value as labels are, log odds, or a logarithm per class
 */
record LinearBase(NetworkEncoder encoder, List<LinearFit> outputs) {
    /**
     * Training rows per degree of freedom: misses on the rows that a model was fitted to must be about those on others, or trees
     * learn from them what is not there.
     */
    private static final double ROWS_PER_FREEDOM = 20;

    static LinearBase fit(Table table, int[] rows, Targets targets) {
        NetworkEncoder encoder =
                NetworkEncoder.linear(table, rows, NumberForm.BOTH).narrowed(TreesConfiguration.LINEAR_COLUMNS);
        int[] some = ColumnProducts.affordable(encoder, table, rows);
        return new LinearBase(
                encoder,
                table.profile().task().isClassification()
                        ? logistic(encoder, table, some, targets)
                        : List.of(RidgeRegression.fit(
                                encoder, table, some, targets.labels(table, some), some.length / ROWS_PER_FREEDOM)));
    }

    private static List<LinearFit> logistic(NetworkEncoder encoder, Table table, int[] rows, Targets targets) {
        int most = TreesConfiguration.LINEAR_CELLS / (encoder.width() * LogisticRegression.outputs(targets.outputs()));
        int[] some = Table.evenly(rows, Math.max(1, most));
        return new LogisticRegression(encoder.encode(table, some).dense(), targets.labels(table, some), targets.prior())
                .fit(some.length / ROWS_PER_FREEDOM);
    }

    /** The outputs per row. */
    Matrix predict(Table table, int[] rows) {
        return encoder.map(table, rows, outputs.size(), encoded -> {
            Matrix predictions = Matrix.filled(encoded.rows(), outputs.size(), 0);
            for (int r = 0; r < encoded.rows(); r++) {
                for (int o = 0; o < outputs.size(); o++) {
                    predictions.set(r, o, (float) outputs.get(o).of(encoded.dense(), r));
                }
            }
            return predictions;
        });
    }
}
