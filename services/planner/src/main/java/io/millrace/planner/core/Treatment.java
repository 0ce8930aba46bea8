package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import java.util.Optional;

/**
 * What a cure makes of a trial.
 *
 * @param configuration what to train instead
 * @param learningRate where to train it in place of what its range test finds
 * @param dataShare share of the training rows to train it on; absent for as many as time pays for
 */
record Treatment(Configuration configuration, Optional<LearningRateRange> learningRate, Optional<Double> dataShare) {
    static Treatment of(Configuration configuration) {
        return at(configuration, Optional.empty());
    }

    static Treatment at(Configuration configuration, Optional<LearningRateRange> learningRate) {
        return new Treatment(configuration, learningRate, Optional.empty());
    }
}
