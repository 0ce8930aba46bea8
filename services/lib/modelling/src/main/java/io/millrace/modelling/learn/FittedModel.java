package io.millrace.modelling.learn;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Map;

/** A model that predicts. It owns native memory until it is closed and belongs to one thread at a time. */
public interface FittedModel extends AutoCloseable {
    /**
     * Predicts rows of a table.
     *
     * @return one row per row asked for; probabilities per class that add up to 1, or the value in units of the target
     */
    Matrix predict(Table table, int[] rows);

    /** Everything needed to read the model again, as named parts for an archive. {@code kind} names the reader. */
    Map<String, byte[]> parts();

    @Override
    void close();
}
