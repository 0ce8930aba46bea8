package io.millrace.modelling.trees;

/**
 * Some columns of a row-major float matrix that is being filled.
 *
 * @param values the whole matrix
 * @param stride columns of the whole matrix
 * @param offset first column of these
 */
record Cells(float[] values, int stride, int offset) {
    void set(int row, int column, float value) {
        values[row * stride + offset + column] = value;
    }
}
