package io.millrace.modelling.layer;

/**
 * A batch as it enters a network, filled anew for every step.
 *
 * @param dense features, row by row
 * @param codes codes of the embedded columns, row by row; empty where there are none
 * @param codeColumns embedded columns
 */
public record Inputs(Tensor dense, int[] codes, int codeColumns) implements AutoCloseable {
    /** Room for rows. */
    public static Inputs of(int rows, int denseColumns, int codeColumns) {
        return new Inputs(new Tensor(rows, denseColumns), new int[rows * codeColumns], codeColumns);
    }

    @Override
    public void close() {
        dense.close();
    }
}
