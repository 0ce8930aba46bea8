package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;

/**
 * Some columns of a row-major float matrix that is being filled.
 *
 * @param values the whole matrix
 * @param stride columns of the whole matrix
 * @param offset first column of these
 */
record Cells(float[] values, int stride, int offset) {
    /** The whole matrix; shared, not copied. */
    Matrix matrix() {
        return new Matrix(values.length / stride, stride, values);
    }

    void set(int row, int column, float value) {
        values[row * stride + offset + column] = value;
    }
}
