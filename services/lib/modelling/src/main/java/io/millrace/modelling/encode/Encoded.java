package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;

/**
 * Rows as a network sees them.
 *
 * @param dense float features, rows x {@link NetworkEncoder#width()}
 * @param codes indices into the one embedding table that all columns share, row by row, rows x {@code codeColumns};
 *     columns are told apart by offsets, so that no two share an index
 * @param codeColumns columns that are embedded, 0 for none
 */
public record Encoded(Matrix dense, int[] codes, int codeColumns) {
    public int rows() {
        return dense.rows();
    }
}
