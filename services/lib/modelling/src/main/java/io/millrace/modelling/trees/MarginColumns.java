package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;
import ml.dmlc.xgboost4j.java.Column;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix outside the heap, as XGBoost takes one of several outputs per row (NumPy's array interface, version 3): its float arrays
 * may hold one value per row only.
 */
final class MarginColumns extends Column {
    private final FloatPointer values;
    private final int rows;
    private final int columns;

    MarginColumns(Matrix matrix) {
        this.values = new FloatPointer(matrix.values());
        this.rows = matrix.rows();
        this.columns = matrix.columns();
    }

    @Override
    public String toJson() {
        return "{\"version\":3,\"typestr\":\"<f4\",\"shape\":[%d,%d],\"data\":[%d,true]}"
                .formatted(rows, columns, values.address());
    }

    @Override
    public void close() {
        values.deallocate();
    }
}
