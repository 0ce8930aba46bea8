package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.layer.Softmax;
import io.millrace.modelling.table.Matrix;

/**
 * What stages put out for some rows, added up.
 *
 * @param rows the rows
 * @param scores the sum so far, rows x outputs; 0 before the first stage
 */
record StageSum(Encoded rows, Matrix scores) {
    static StageSum of(Encoded rows, Architecture shape) {
        return new StageSum(rows, Matrix.filled(rows.rows(), shape.outputs(), 0));
    }

    /** The sum with one more stage; this one stays as it is. */
    StageSum plus(Network stage) {
        StageSum sum = new StageSum(rows, scores.copy());
        sum.add(stage);
        return sum;
    }

    void add(Network stage) {
        float[] more = stage.scores(rows).values();
        for (int i = 0; i < more.length; i++) {
            scores.values()[i] += more[i];
        }
    }

    /** What the sum stands for: probabilities of the classes, or the standardised value. */
    Matrix outputs(boolean classification) {
        Matrix outputs = scores.copy();
        for (int r = 0; classification && r < outputs.rows(); r++) {
            Softmax.apply(outputs.values(), r * outputs.columns(), outputs.columns());
        }
        return outputs;
    }
}
