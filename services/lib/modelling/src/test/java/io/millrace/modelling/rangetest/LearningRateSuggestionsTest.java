package io.millrace.modelling.rangetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.events.Suggestions;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRateSuggestionsTest {
    private static final double[] RATES = IntStream.range(0, 101)
            .mapToDouble(i -> Math.pow(10, -6 + i * 0.06))
            .toArray();

    /** Falling by one per decade until 1e-2, flat until 10^-0.8, then rising by three per decade. */
    private static double trough(double exponent) {
        return Math.max(0, -2 - exponent) + 3 * Math.max(0, exponent + 0.8);
    }

    private static double[] curve(DoubleUnaryOperator lossOfExponent) {
        return Arrays.stream(RATES)
                .map(Math::log10)
                .map(lossOfExponent)
                .map(l -> Math.round(l * 1e9) / 1e9)
                .toArray();
    }

    private static double exponent(Optional<Double> rate) {
        return Math.log10(rate.orElseThrow());
    }

    @Test
    void theValleyIsTheMiddleOfTheFallingStretch() {
        Suggestions suggestions = LearningRateSuggestions.of(RATES, curve(LearningRateSuggestionsTest::trough));

        assertThat(exponent(suggestions.valley()))
                .isCloseTo(-3.7, within(0.1)); // between 10^-5.4, where the cut ends, and 10^-2
    }

    @Test
    void theMinimumIsATenthOfTheRateWithTheLeastLoss() {
        Suggestions suggestions = LearningRateSuggestions.of(RATES, curve(exponent -> (exponent + 2) * (exponent + 2)));

        assertThat(exponent(suggestions.minimum())).isCloseTo(-3, within(0.04));
    }

    @Test
    void theSteepestDescentIsMeasuredAgainstTheLogarithm() {
        // a logistic fall around 10^-3; against the plain rate the left flank would look steeper
        Suggestions suggestions =
                LearningRateSuggestions.of(RATES, curve(exponent -> 1 / (1 + Math.exp(4 * (exponent + 3)))));

        assertThat(exponent(suggestions.steepest())).isCloseTo(-3, within(0.07));
    }

    @Test
    void theSlideStopsWhereTheSlopesAtBothEndsOfTheWindowAgree() {
        Suggestions suggestions = LearningRateSuggestions.of(RATES, curve(LearningRateSuggestionsTest::trough));

        // window of 15 steps = 0.9 decades: its right end must leave the rise at 10^-1, the rate reported is the left
        // end
        assertThat(exponent(suggestions.slide())).isCloseTo(-0.8 - 0.9, within(0.07));
    }

    @Test
    void anEverRisingLossHasNoValleyAndNoDescent() {
        Suggestions suggestions = LearningRateSuggestions.of(RATES, curve(exponent -> exponent));

        assertThat(suggestions.valley()).isEmpty();
        assertThat(suggestions.steepest()).isEmpty();
    }

    @Test
    void nothingFromTheFirstLossThatIsNoNumberOnIsLookedAt() {
        double[] losses = curve(LearningRateSuggestionsTest::trough);
        Arrays.fill(losses, 60, 101, Double.NaN);
        losses[80] = -100;

        Suggestions suggestions = LearningRateSuggestions.of(RATES, losses);

        assertThat(suggestions.minimum().orElseThrow()).isEqualTo(RATES[59] / 10);
    }

    @Test
    void tooFewPointsSuggestNothing() {
        Suggestions none = LearningRateSuggestions.of(new double[] {1, 2, 3}, new double[] {3, 2, 1});

        assertThat(none.valley()).isEmpty();
        assertThat(none.minimum()).isEmpty();
        assertThat(LearningRateSuggestions.agreement(none)).isEqualTo(1);
    }

    @Test
    void agreementIsTheLargestSuggestionDividedByTheSmallest() {
        Suggestions suggestions =
                new Suggestions(Optional.of(0.01), Optional.empty(), Optional.of(0.002), Optional.of(0.005));

        assertThat(LearningRateSuggestions.agreement(suggestions)).isCloseTo(5, within(1e-9));
    }
}
