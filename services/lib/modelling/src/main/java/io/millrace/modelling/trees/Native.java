package io.millrace.modelling.trees;

import ml.dmlc.xgboost4j.java.XGBoostError;

/** Calls into XGBoost, its checked exception translated. */
final class Native {
    private Native() {}

    /** A call that may fail. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws XGBoostError;
    }

    /** Runs a call; throws an OutOfMemoryError where memory was short, otherwise an IllegalStateException. */
    static <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (XGBoostError e) {
            String message = "XGBoost: " + e.getMessage();
            if (message.contains("bad_alloc")) {
                throw new OutOfMemoryError(message); // as the JVM and ND4J report the same
            }
            throw new IllegalStateException(message, e);
        }
    }
}
