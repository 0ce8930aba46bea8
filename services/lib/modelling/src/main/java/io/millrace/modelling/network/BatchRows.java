package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.layer.Inputs;
import io.millrace.modelling.table.Matrix;

/** Copies rows in a given order to the front of a batch. */
final class BatchRows {
    private BatchRows() {}

    /** Rows {@code order[from]}, {@code order[from + 1]}, ..., {@code count} of them. */
    static void gather(Encoded source, int[] order, int from, int count, Inputs into) {
        gather(source.dense(), order, from, count, into.dense().values());
        int columns = source.codeColumns();
        for (int i = 0; columns > 0 && i < count; i++) {
            System.arraycopy(source.codes(), order[from + i] * columns, into.codes(), i * columns, columns);
        }
    }

    /** The same for a matrix. */
    static void gather(Matrix source, int[] order, int from, int count, float[] into) {
        int columns = source.columns();
        for (int i = 0; i < count; i++) {
            System.arraycopy(source.values(), order[from + i] * columns, into, i * columns, columns);
        }
    }

    /** The same for one number per row. */
    static void gather(float[] source, int[] order, int from, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = source[order[from + i]];
        }
    }
}
