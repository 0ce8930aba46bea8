package io.millrace.modelling.trial;

import java.util.Map;

/**
 * One fold of a trial amid its training.
 *
 * @param fold validation fold
 * @param state parts from which another worker goes on with it as if it had not been interrupted
 * @param cpuSeconds processor time of the training so far
 */
public record BegunFold(int fold, Map<String, byte[]> state, double cpuSeconds) {
    public BegunFold {
        state = Map.copyOf(state);
    }
}
