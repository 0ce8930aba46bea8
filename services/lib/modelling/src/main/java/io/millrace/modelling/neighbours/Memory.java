package io.millrace.modelling.neighbours;

import io.millrace.modelling.layer.SoftNeighbours;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows that predictions are made of. */
final class Memory {
    /** Rows that are predicted at once. */
    static final int CHUNK = 128;

    /** What every probability is mixed with: the share of the class. Rows whose neighbours agree would be certain without it. */
    private static final float DOUBT = 0.02f;

    private final Matrix rows;
    private final Matrix targets;
    private final float[] shares;

    /**
     * Remembers rows.
     *
     * @param rows encoded, references x columns
     * @param targets references x outputs: one-hot classes, or the standardised value
     */
    Memory(Matrix rows, Matrix targets) {
        this.rows = rows;
        this.targets = targets;
        this.shares = shares(targets);
    }

    Matrix rows() {
        return rows;
    }

    Matrix targets() {
        return targets;
    }

    /** Room for all of it, to be {@link #recall}ed. */
    SoftNeighbours room() {
        return new SoftNeighbours(rows.rows(), CHUNK, rows.columns(), targets.columns());
    }

    /** Makes everything it remembers the neighbours, with scales; returns them. */
    SoftNeighbours recall(SoftNeighbours neighbours, float[] scales) {
        neighbours.refer(rows, targets, IntStream.range(0, rows.rows()).toArray(), scales);
        return neighbours;
    }

    /** Predicts rows of their own, chunk by chunk; outputs as {@link #targets} are. */
    Matrix predict(SoftNeighbours neighbours, Matrix asked) {
        Matrix predictions = Matrix.filled(asked.rows(), targets.columns(), 0);
        for (int from = 0; from < asked.rows(); from += CHUNK) {
            int[] chunk =
                    IntStream.range(from, Math.min(asked.rows(), from + CHUNK)).toArray();
            Matrix some = neighbours.predict(asked, chunk, false);
            System.arraycopy(some.values(), 0, predictions.values(), from * targets.columns(), some.values().length);
        }
        return doubted(predictions);
    }

    /** Probabilities that are never 0; values stay as they are. Changes the matrix and returns it. */
    Matrix doubted(Matrix predictions) {
        if (targets.columns() > 1) {
            float[] values = predictions.values();
            for (int i = 0; i < values.length; i++) {
                values[i] += DOUBT * (shares[i % shares.length] - values[i]);
            }
        }
        return predictions;
    }

    /** Derivative of what {@link #doubted} returns by what it takes. */
    float trust() {
        return targets.columns() > 1 ? 1 - DOUBT : 1;
    }

    /** Share of every class among the references, of which none is 0. */
    private static float[] shares(Matrix targets) {
        int classes = targets.columns();
        float[] shares = new float[classes];
        Arrays.fill(shares, 1f / (targets.rows() + classes));
        for (int r = 0; r < targets.rows(); r++) {
            for (int c = 0; c < classes; c++) {
                shares[c] += targets.get(r, c) / (targets.rows() + classes);
            }
        }
        return shares;
    }
}
