package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import java.util.Optional;

/**
 * What a cure makes of a trial.
 *
 * @param configuration what to train instead
 * @param learningRate where to train it in place of what its range test finds
 */
record Treatment(Configuration configuration, Optional<LearningRateRange> learningRate) {
    static Treatment of(Configuration configuration) {
        return new Treatment(configuration, Optional.empty());
    }
}
