package io.millrace.modelling.ensemble;

import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A model that several threads use, one call after the other in the order in which they came. Whoever closes it is its last user. */
final class SharedModel implements FittedModel {
    private final FittedModel model;
    /** Fair: who predicts few rows waits for one chunk of who predicts many, not for all of them. */
    private final ReentrantLock turn = new ReentrantLock(true);

    SharedModel(FittedModel model) {
        this.model = model;
    }

    @Override
    public Matrix predict(Table table, int[] rows) {
        turn.lock();
        try {
            return model.predict(table, rows);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Map<String, byte[]> parts() {
        turn.lock();
        try {
            return model.parts();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
