package io.millrace.modelling.gaussian;

import io.millrace.modelling.table.Matrix;

/** What follows from a row that is encoded. */
interface Predictor {
    /** Columns that rows are encoded as. */
    int columns();

    /** Probabilities per class, or the standardised value, of each row. */
    Matrix predict(Matrix encoded);
}
