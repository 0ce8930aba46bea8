package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Native memory for the inputs of a fixed number of rows. */
final class InputBlock implements AutoCloseable {
    private final NativeRows dense;
    private final NativeRows codes;

    InputBlock(int rows, int denseColumns, int codeColumns) {
        dense = new NativeRows(rows, denseColumns);
        codes = codeColumns > 0 ? new NativeRows(rows, codeColumns) : null;
    }

    /** Loads rows {@code order[from]}, {@code order[from + 1]}, ... until the block is full. */
    void load(Encoded source, int[] order, int from) {
        dense.load(source.dense(), order, from);
        if (codes != null) {
            codes.loadCodes(source, order, from);
        }
    }

    /** What the graph takes. */
    INDArray[] arrays() {
        return codes == null ? new INDArray[] {dense.array()} : new INDArray[] {dense.array(), codes.array()};
    }

    @Override
    public void close() {
        dense.close();
        if (codes != null) {
            codes.close();
        }
    }
}
