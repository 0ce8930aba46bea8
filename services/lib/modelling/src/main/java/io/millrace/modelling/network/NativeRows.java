package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.table.Matrix;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A block of native memory for a fixed number of rows, filled from heap rows again and again: an iteration allocates
 * nothing, and two copies of a few kilobytes cost less than any gather operation of ND4J's.
 */
final class NativeRows implements AutoCloseable {
    private final INDArray array;
    private final float[] staged;
    private final int columns;

    NativeRows(int rows, int columns) {
        this.array = Nd4j.createUninitializedDetached(DataType.FLOAT, rows, columns);
        this.staged = new float[rows * columns];
        this.columns = columns;
    }

    INDArray array() {
        return array;
    }

    /** Copies rows {@code order[from]}, {@code order[from + 1]}, ... until the block is full. */
    void load(Matrix source, int[] order, int from) {
        for (int i = 0; i < staged.length / columns; i++) {
            System.arraycopy(source.values(), order[from + i] * columns, staged, i * columns, columns);
        }
        copy();
    }

    /** The same for codes. */
    void loadCodes(Encoded source, int[] order, int from) {
        for (int i = 0; i < staged.length / columns; i++) {
            int start = order[from + i] * columns;
            for (int c = 0; c < columns; c++) {
                staged[i * columns + c] = source.codes()[start + c];
            }
        }
        copy();
    }

    private void copy() {
        ((FloatPointer) array.data().pointer()).position(0).put(staged, 0, staged.length);
    }

    @Override
    public void close() {
        array.close();
    }
}
