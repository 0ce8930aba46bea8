package io.millrace.modelling.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A dense matrix of floats, row by row: predictions (rows x outputs; probabilities per class, or the value) and
 * encoded features.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values row-major, {@code rows * columns} long
 */
public record Matrix(int rows, int columns, float[] values) {
    private static final int MAGIC = 0x4d524d31; // "MRM1"

    public Matrix {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    values.length + " values for " + rows + " rows of " + columns + " columns");
        }
    }

    /** All values the same. */
    public static Matrix filled(int rows, int columns, float value) {
        float[] values = new float[Math.multiplyExact(rows, columns)];
        Arrays.fill(values, value);
        return new Matrix(rows, columns, values);
    }

    /** Rows of the same length, at least one. */
    public static Matrix of(float[]... rows) {
        Matrix matrix = filled(rows.length, rows[0].length, 0);
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, matrix.values, r * matrix.columns, matrix.columns);
        }
        return matrix;
    }

    /** The mean of some of the same size, at least one. */
    public static Matrix mean(List<Matrix> matrices) {
        Matrix mean = matrices.get(0).copy();
        for (int m = 1; m < matrices.size(); m++) {
            float[] more = matrices.get(m).values;
            for (int i = 0; i < more.length; i++) {
                mean.values[i] += (more[i] - mean.values[i]) / (m + 1);
            }
        }
        return mean;
    }

    /** The same numbers in an array of its own. */
    public Matrix copy() {
        return new Matrix(rows, columns, values.clone());
    }

    /** Rows at the places asked for, in that order. */
    public Matrix select(int... places) {
        float[] selected = new float[Math.multiplyExact(places.length, columns)];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(values, places[i] * columns, selected, i * columns, columns);
        }
        return new Matrix(places.length, columns, selected);
    }

    public float get(int row, int column) {
        return values[row * columns + column];
    }

    public void set(int row, int column, float value) {
        values[row * columns + column] = value;
    }

    /** Takes a row from another of as many columns. */
    public void setRow(int row, Matrix from) {
        System.arraycopy(from.values, row * columns, values, row * columns, columns);
    }

    /** Little-endian: magic "MRM1", rows, columns (int32 each), then the values (float32). */
    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(Math.addExact(12, Math.multiplyExact(4, values.length)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(rows)
                .putInt(columns);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /** Reads what {@link #toBytes} wrote; throws an IllegalArgumentException for anything else. */
    public static Matrix fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 12 || buffer.getInt() != MAGIC) {
            throw new IllegalArgumentException("not a matrix: the magic is missing");
        }
        int rows = buffer.getInt();
        int columns = buffer.getInt();
        if (rows < 0 || columns < 0 || bytes.length != 12 + 4L * rows * columns) {
            throw new IllegalArgumentException(
                    "not a matrix: " + bytes.length + " bytes for " + rows + " rows of " + columns + " columns");
        }
        float[] values = new float[rows * columns];
        buffer.asFloatBuffer().get(values);
        return new Matrix(rows, columns, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix m && rows == m.rows && columns == m.columns && Arrays.equals(values, m.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Matrix[" + rows + " x " + columns + "]";
    }
}
