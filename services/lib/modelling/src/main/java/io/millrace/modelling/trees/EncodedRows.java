package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import ml.dmlc.xgboost4j.java.DMatrix;

/** Encoded rows in XGBoost's memory, with one label per row. */
final class EncodedRows implements AutoCloseable {
    private final DMatrix matrix;

    private EncodedRows(DMatrix matrix) {
        this.matrix = matrix;
    }

    /** Rows that {@code encoder} was fitted on. */
    static EncodedRows training(TreesEncoder encoder, Table table, int[] rows) {
        return of(encoder, encoder.encodeTraining(table, rows), rows.length);
    }

    static EncodedRows of(TreesEncoder encoder, Table table, int[] rows) {
        return of(encoder, encoder.encode(table, rows), rows.length);
    }

    private static EncodedRows of(TreesEncoder encoder, float[] encoded, int rows) {
        return Native.call(() -> {
            DMatrix matrix = new DMatrix(encoded, rows, encoder.width(), Float.NaN);
            matrix.setFeatureTypes(encoder.types());
            return new EncodedRows(matrix);
        });
    }

    void label(float[] labels) {
        Native.call(() -> {
            matrix.setLabel(labels);
            return null;
        });
    }

    /** What boosting begins with, outputs per row. */
    void base(Matrix outputs) {
        try (MarginColumns margin = new MarginColumns(outputs)) {
            Native.call(() -> {
                matrix.setBaseMargin(margin);
                return null;
            });
        }
    }

    DMatrix matrix() {
        return matrix;
    }

    @Override
    public void close() {
        matrix.dispose();
    }
}
