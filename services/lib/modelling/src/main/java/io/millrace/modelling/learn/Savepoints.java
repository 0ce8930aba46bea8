package io.millrace.modelling.learn;

import java.util.Map;

/** Where a fit leaves its state while it is under way, for another fit of the same job to go on from. */
public interface Savepoints {
    /** Nobody wants a state. */
    Savepoints NONE = new Savepoints() {
        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void take(Map<String, byte[]> state) {}
    };

    /** Whether a state is wanted now; asked before every step, hence cheap. */
    boolean due();

    /**
     * Takes a state: what {@link Leg#from()} of the fit that goes on holds.
     *
     * @throws java.util.concurrent.CancellationException where this fit is to end with it
     */
    void take(Map<String, byte[]> state);
}
