package io.millrace.planner.core;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
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
    private final ParzenEstimator[] better;
    private final ParzenEstimator[] others;

    /**
     * What was seen.
     *
     * @param place per dimension 0 to 1; not a number where the dimension does not apply
     * @param loss what it led to, lower is better; infinite where that is not known yet, so that proposals made ahead keep apart
     */
    record Observation(double[] place, double loss) {}

    /**
     * A search after what was seen.
     *
     * @param dimensions length of each place
     * @param seen in any order
     */
    ParzenSearch(int dimensions, List<Observation> seen) {
        List<Observation> ranked = seen.stream()
                .sorted(Comparator.comparingDouble(Observation::loss))
                .toList();
        int known = (int) ranked.stream().filter(o -> Double.isFinite(o.loss())).count();
        good = Math.min(known / 2, Math.max(LEAST_GOOD, (int) Math.ceil(GOOD * known)));
        better = estimators(dimensions, ranked.subList(0, good));
        others = estimators(dimensions, ranked.subList(good, ranked.size()));
    }

    /** How many observations count as good. */
    int good() {
        return good;
    }

    /** The place that promises most of some draws; the same random numbers give the same place. */
    double[] next(SplittableRandom random) {
        double[] best = draw(random);
        double most = promise(best);
        for (int i = 1; i < DRAWS; i++) {
            double[] place = draw(random);
            double promise = promise(place);
            if (promise > most) {
                best = place;
                most = promise;
            }
        }
        return best;
    }

    private double[] draw(SplittableRandom random) {
        return IntStream.range(0, better.length)
                .mapToDouble(d -> better[d].draw(random))
                .toArray();
    }

    private double promise(double[] place) {
        return IntStream.range(0, place.length)
                .mapToDouble(d -> Math.log(better[d].density(place[d])) - Math.log(others[d].density(place[d])))
                .sum();
    }

    private static ParzenEstimator[] estimators(int dimensions, List<Observation> of) {
        return IntStream.range(0, dimensions)
                .mapToObj(d -> new ParzenEstimator(of.stream()
                        .mapToDouble(o -> o.place()[d])
                        .filter(place -> !Double.isNaN(place))
                        .toArray()))
                .toArray(ParzenEstimator[]::new);
    }
}
