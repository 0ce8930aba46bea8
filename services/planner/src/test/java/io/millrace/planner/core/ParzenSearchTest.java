package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Parzen estimators find better places than random draws in as many trials. */
class ParzenSearchTest {
    private static final int TRIALS = 50;
    private static final int AT_RANDOM = 10;
    private static final int SEEDS = 40;

    @Test
    void inABowlItBeatsRandomSearch() {
        double[] bottom = {0.2, 0.7, 0.5, 0.9, 0.4};
        beatsRandomSearch(5, place -> distance(place, bottom));
    }

    @Test
    void inAValleyWithNoiseAndDimensionsWithoutEffectItBeatsRandomSearch() {
        beatsRandomSearch(6, place -> {
            double noise = new SplittableRandom(Arrays.hashCode(place)).nextDouble();
            return Math.abs(place[0] - 0.3) + 2 * Math.pow(place[1] - 0.8, 2) + 0.05 * noise;
        });
    }

    @Test
    void amongManyHollowsItBeatsRandomSearch() {
        beatsRandomSearch(4, place -> Arrays.stream(place)
                .map(x -> 10 * Math.pow(x - 0.35, 2) + 1 - Math.cos(6 * Math.PI * (x - 0.35)))
                .sum());
    }

    @Test
    void theSameRandomNumbersGiveTheSamePlace() {
        List<ParzenSearch.Observation> seen = List.of(seen(1, .2, .3), seen(2, .4, .9), seen(3, .1, Double.NaN));

        assertThat(next(2, seen, new SplittableRandom(5)))
                .isEqualTo(next(2, seen, new SplittableRandom(5)))
                .isNotEqualTo(next(2, seen, new SplittableRandom(6)));
    }

    @Test
    void whatIsAwaitedKeepsOthersAway() {
        List<ParzenSearch.Observation> seen = new ArrayList<>(
                List.of(seen(1, .5), seen(1.1, .55), seen(5, .1), seen(5, .9), seen(5, .95), seen(5, .05)));
        double alone = nearby(search(1, seen), .5);
        for (int i = 0; i < 6; i++) {
            seen.add(seen(Double.POSITIVE_INFINITY, .5));
        }

        assertThat(nearby(search(1, seen), .5)).isLessThan(0.5 * alone);
    }

    @Test
    void withoutObservationsEveryPlaceIsAsLikely() {
        ParzenEstimator even = new ParzenEstimator(new double[0]);

        assertThat(IntStream.range(0, 11).mapToDouble(i -> even.density(i / 10.0)))
                .containsOnly(1.0);
    }

    @Test
    void aDensityAddsUpToOneAndItsDrawsFollowIt() {
        ParzenEstimator estimator = new ParzenEstimator(new double[] {0.02, 0.1, 0.1, 0.7});
        SplittableRandom random = new SplittableRandom(1);
        double[] drawn = IntStream.range(0, 20_000)
                .mapToDouble(i -> estimator.draw(random))
                .toArray();

        assertThat(mass(estimator, 0, 1)).isCloseTo(1, Offset.offset(0.002));
        assertThat(Arrays.stream(drawn)).allMatch(place -> place >= 0 && place <= 1);
        assertThat(Arrays.stream(drawn).filter(x -> x < 0.2).count() / 20_000.0)
                .isCloseTo(mass(estimator, 0, 0.2), Offset.offset(0.02));
    }

    @Test
    void ofChoicesTheOneThatLedToTheBestIsProposedMostOften() {
        List<double[]> weights = List.of(new double[] {0.6, 0.2, 0.2});
        List<ParzenSearch.Observation> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            seen.add(seen(i % 3 == 2 ? 1 : 2 + i, i % 3));
        }

        assertThat(shares(new ParzenSearch(weights, seen))[2]).isGreaterThan(0.9);
    }

    @Test
    void aChoiceThatNobodyHasTriedIsNotProposedForThatAlone() {
        List<double[]> weights = List.of(new double[] {0.6, 0.3, 0.05, 0.05});
        List<ParzenSearch.Observation> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            seen.add(seen(i, 0));
        }

        assertThat(shares(new ParzenSearch(weights, seen))[0]).isGreaterThan(0.6);
        assertThat(shares(new ParzenSearch(weights, List.of()))).satisfies(shares -> {
            assertThat(shares[0]).isCloseTo(0.6, Offset.offset(0.07));
            assertThat(shares[3]).isBetween(0.02, 0.1);
        });
    }

    @Test
    void whatBeginsToMeanSomethingIsDrawnAndWhatDoesNotHasNoSay() {
        List<double[]> weights = List.of(new double[] {0.5, 0.5}, new double[0]);
        List<ParzenSearch.Observation> seen =
                List.of(seen(1, 1, 0.8), seen(1.1, 1, 0.82), seen(2, 0, Double.NaN), seen(3, 0, Double.NaN));
        ParzenSearch search = new ParzenSearch(weights, seen);

        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 50; i++) {
            double[] place = search.next(random, source -> {
                double choice = source.applyAsDouble(0);
                return new double[] {choice, choice == 1 ? source.applyAsDouble(1) : Double.NaN};
            });
            assertThat(Double.isNaN(place[1])).isEqualTo(place[0] == 0);
        }
    }

    /** How often each choice is proposed. */
    private static double[] shares(ParzenSearch search) {
        SplittableRandom random = new SplittableRandom(1);
        double[] shares = new double[4];
        for (int i = 0; i < 400; i++) {
            shares[(int) next(1, search, random)[0]] += 1 / 400.0;
        }
        return shares;
    }

    private static ParzenSearch search(int dimensions, List<ParzenSearch.Observation> seen) {
        return new ParzenSearch(Collections.nCopies(dimensions, new double[0]), seen);
    }

    private static double[] next(int dimensions, List<ParzenSearch.Observation> seen, SplittableRandom random) {
        return next(dimensions, search(dimensions, seen), random);
    }

    private static double[] next(int dimensions, ParzenSearch search, SplittableRandom random) {
        return search.next(
                random,
                source -> IntStream.range(0, dimensions).mapToDouble(source).toArray());
    }

    private static double mass(ParzenEstimator estimator, double from, double to) {
        int steps = 2000;
        return IntStream.range(0, steps)
                .mapToDouble(i -> estimator.density(from + (to - from) * (i + 0.5) / steps) * (to - from) / steps)
                .sum();
    }

    /** Share of proposals that lie near a place. */
    private static double nearby(ParzenSearch search, double place) {
        SplittableRandom random = new SplittableRandom(2);
        return IntStream.range(0, 400)
                        .filter(i -> Math.abs(next(1, search, random)[0] - place) < 0.05)
                        .count()
                / 400.0;
    }

    private static void beatsRandomSearch(int dimensions, ToDoubleFunction<double[]> loss) {
        int wins = 0;
        double ratio = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            double guided = best(dimensions, loss, seed, AT_RANDOM);
            double random = best(dimensions, loss, seed, TRIALS);
            wins += guided < random ? 1 : 0;
            ratio += Math.log(guided / random) / SEEDS;
        }
        assertThat(wins).as("wins of %d, ratio %.3f", SEEDS, Math.exp(ratio)).isGreaterThan(3 * SEEDS / 4);
        assertThat(Math.exp(ratio)).isLessThan(0.8);
    }

    /** The least loss of a number of trials, of which the first are drawn at random. */
    private static double best(int dimensions, ToDoubleFunction<double[]> loss, int seed, int atRandom) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ParzenSearch.Observation> seen = new ArrayList<>();
        for (int i = 0; i < TRIALS; i++) {
            double[] place = i < atRandom ? random.doubles(dimensions).toArray() : next(dimensions, seen, random);
            seen.add(new ParzenSearch.Observation(place, loss.applyAsDouble(place)));
        }
        return seen.stream().mapToDouble(ParzenSearch.Observation::loss).min().orElseThrow();
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum());
    }

    private static ParzenSearch.Observation seen(double loss, double... place) {
        return new ParzenSearch.Observation(place, loss);
    }
}
