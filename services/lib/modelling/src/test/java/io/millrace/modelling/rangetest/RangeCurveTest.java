package io.millrace.modelling.rangetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.events.RateCurve.RatePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeCurveTest {
    @Test
    void aClearFallIsTrustedAndNoiseAloneIsNot() {
        assertThat(curve(1, 0.01, 1).confidence()).isGreaterThan(0.95);
        assertThat(curve(1, 0.5, 1).confidence()).isLessThan(curve(1, 0.05, 1).confidence());
        assertThat(curve(0, 0, 1).confidence()).isZero();
        assertThat(new RangeCurve(List.of(), List.of(), List.of(), "failed").confidence())
                .isZero();
    }

    @Test
    void theMeanOfSeveralSeedsIsTrustedMore() {
        List<RangeCurve> curves = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            curves.add(curve(1, 0.5, seed));
        }

        assertThat(RangeCurve.mean(curves).confidence())
                .isGreaterThan(curves.stream()
                        .mapToDouble(RangeCurve::confidence)
                        .average()
                        .orElseThrow());
    }

    @Test
    void theMeanGoesAsFarAsTheShortestCurve() {
        RangeCurve whole = curve(1, 0, 1);
        RangeCurve half = new RangeCurve(
                whole.rates().subList(0, 50), Collections.nCopies(50, 1.0), Collections.nCopies(50, 1.0), "diverged");

        RangeCurve mean = RangeCurve.mean(List.of(whole, half));

        assertThat(mean.rates()).hasSize(50);
        assertThat(mean.stoppedBy()).isEqualTo("completed");
        assertThat(mean.losses().get(49)).isCloseTo((whole.losses().get(49) + 1) / 2, within(1e-12));
    }

    @Test
    void theWholeOfASweepIsDrawnExceptWhatIsNoNumber() {
        RangeCurve sweep = new RangeCurve(
                List.of(1e-3, 1e-2, 1e-1), List.of(0.7, 0.5, 9.0), List.of(0.7, 0.6, Double.NaN), "diverged");

        assertThat(sweep.thinned().orElseThrow().points())
                .containsExactly(new RatePoint(1e-3, 0.7), new RatePoint(1e-2, 0.6));
        assertThat(curve(1, 0.1, 1).thinned().orElseThrow().points()).hasSize(100);
        assertThat(new RangeCurve(List.of(), List.of(), List.of(), "failed").thinned())
                .isEmpty();
    }

    /** A loss that falls from 1 by {@code fall} over 100 steps, with noise. */
    private static RangeCurve curve(double fall, double noise, int seed) {
        Random random = new Random(seed);
        Smoothing smoothing = new Smoothing();
        List<Double> rates = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<Double> smoothed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rates.add(Math.pow(10, -5 + i / 20.0));
            losses.add(1 - fall * i / 100 + noise * random.nextGaussian());
            smoothed.add(fall == 0 && noise == 0 ? 1.0 : smoothing.add(losses.get(i)));
        }
        return new RangeCurve(rates, losses, smoothed, "completed");
    }
}
