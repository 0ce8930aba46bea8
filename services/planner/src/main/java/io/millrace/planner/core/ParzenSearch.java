package io.millrace.planner.core;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Proposes where to look next by tree-structured Parzen estimators (Bergstra et al., NeurIPS 2011): densities of what was
 * good and of the rest, and of some draws from the first the one at which it is greatest in proportion to the second.
 */
final class ParzenSearch {
    /** Share of what was seen that counts as good. */
    private static final double GOOD = 0.2;

    private static final int LEAST_GOOD = 2;
    private static final int DRAWS = 24;

    private final int good;
    private final List<Estimator> better;
    private final List<Estimator> others;

    /**
     * What was seen.
     *
     * @param place per dimension 0 to 1, or the number of a choice; not a number where the dimension does not apply
     * @param loss what it led to, lower is better; infinite where that is not known yet, so that proposals made ahead keep apart
     */
    record Observation(double[] place, double loss) {}

    /**
     * A search after what was seen.
     *
     * @param weights per dimension how probable its choices are before anything was seen; empty where places are 0 to 1
     * @param seen in any order
     */
    ParzenSearch(List<double[]> weights, List<Observation> seen) {
        List<Observation> ranked = seen.stream()
                .sorted(Comparator.comparingDouble(Observation::loss))
                .toList();
        int known = (int) ranked.stream().filter(o -> Double.isFinite(o.loss())).count();
        good = Math.min(known / 2, Math.max(LEAST_GOOD, (int) Math.ceil(GOOD * known)));
        better = estimators(weights, ranked.subList(0, good));
        others = estimators(weights, ranked.subList(good, ranked.size()));
    }

    /** How many observations count as good. */
    int good() {
        return good;
    }

    /**
     * The place that promises most of some draws; the same random numbers give the same place.
     *
     * @param walk makes a place of what a source draws for each dimension that it is asked for: what a dimension means may depend on
     *     where those before it went
     */
    double[] next(SplittableRandom random, Function<IntToDoubleFunction, double[]> walk) {
        IntToDoubleFunction source = d -> better.get(d).draw(random);
        double[] best = walk.apply(source);
        double most = promise(best);
        for (int i = 1; i < DRAWS; i++) {
            double[] place = walk.apply(source);
            double promise = promise(place);
            if (promise > most) {
                best = place;
                most = promise;
            }
        }
        return best;
    }

    private double promise(double[] place) {
        return IntStream.range(0, place.length)
                .filter(d -> !Double.isNaN(place[d]))
                .mapToDouble(d -> Math.log(better.get(d).density(place[d]))
                        - Math.log(others.get(d).density(place[d])))
                .sum();
    }

    private static List<Estimator> estimators(List<double[]> weights, List<Observation> of) {
        return IntStream.range(0, weights.size())
                .mapToObj(d -> estimator(
                        weights.get(d),
                        of.stream()
                                .mapToDouble(o -> o.place()[d])
                                .filter(place -> !Double.isNaN(place))
                                .toArray()))
                .toList();
    }

    private static Estimator estimator(double[] weights, double[] places) {
        return weights.length == 0 ? new ParzenEstimator(places) : new ChoiceEstimator(weights, places);
    }
}
