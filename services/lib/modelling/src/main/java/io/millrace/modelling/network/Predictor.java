package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.table.Matrix;

/** One network, or several that predict together. */
interface Predictor extends AutoCloseable {
    /** The shape, of each where there are several. */
    Architecture shape();

    /** Outputs of all rows: probabilities of the classes, or the standardised value. */
    Matrix predict(Encoded rows);

    /** A copy of all weights. */
    float[] weights();

    @Override
    void close();
}
