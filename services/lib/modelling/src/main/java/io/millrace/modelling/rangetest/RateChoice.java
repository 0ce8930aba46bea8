package io.millrace.modelling.rangetest;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.Optimizer;
import io.millrace.events.Suggestions;
import io.millrace.modelling.network.UsualRates;
import java.util.Optional;

/** Which range to train in, given what the rules suggest. The README of the module tells how it was measured. */
final class RateChoice {
    private static final double BASE_DIVISOR = 4;

    private RateChoice() {}

    /** The peak is the geometric mean of valley and minimum; the usual rate of the optimizer where there is neither. */
    static LearningRateRange of(Suggestions suggestions, Optimizer optimizer) {
        Optional<Double> valley = suggestions.valley();
        Optional<Double> minimum = suggestions.minimum();
        double peak = valley.isPresent() && minimum.isPresent()
                ? Math.sqrt(valley.get() * minimum.get())
                : valley.or(() -> minimum)
                        .orElseGet(() -> UsualRates.of(optimizer).max());
        return new LearningRateRange(peak / BASE_DIVISOR, peak);
    }
}
