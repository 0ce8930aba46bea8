package io.millrace.modelling.layer;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix, row by row, that lives twice: on the heap, where loops are vectorised, and in native memory, where products
 * are computed. The heap holds the truth between layers; copying costs less than a fiftieth of a product. Each side is
 * made when it is first asked for, so that a network which only predicts has no gradients.
 */
public final class Tensor implements AutoCloseable {
    private final int rows;
    private final int columns;
    private float[] values;
    private FloatPointer memory;

    /** Zeros, for at most {@code rows} rows. */
    public Tensor(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Rows there is room for. */
    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The heap's side, row-major. */
    public float[] values() {
        if (values == null) {
            values = new float[Math.multiplyExact(rows, columns)];
        }
        return values;
    }

    /** The native side, as it is after {@link #push} or a product. */
    FloatPointer memory() {
        if (memory == null) {
            memory = new FloatPointer((long) rows * columns);
        }
        return memory;
    }

    /** Copies the first rows from the heap to native memory. */
    void push(int count) {
        memory().put(values(), 0, count * columns);
    }

    /** Copies the first rows from native memory to the heap. */
    void pull(int count) {
        memory().get(values(), 0, count * columns);
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
        }
    }
}
