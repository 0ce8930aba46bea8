package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What was chosen on some rows; it can then predict others.
 *
 * @param weights weight per candidate, adding up to 1
 * @param way how the finish is made
 * @param finish what makes a prediction of the members'
 * @param best the candidate with the least error of the members
 */
record Choice(double[] weights, FinishWay way, Finish finish, int best) {
    /** Chooses everything; see {@link EnsembleSelection#of}. */
    static Choice of(
            Metric metric, double[] target, List<Matrix> candidates, Base base, long seed, BooleanSupplier stop) {
        double[] weights = base.extended(metric, target, candidates, 1, seed, stop);
        int best = best(metric, target, candidates, weights);
        List<Matrix> members = members(weights, candidates);
        FinishWay way = FinishWay.choose(metric, target, members, shares(weights), seed, stop);
        return new Choice(weights, way, way.fit(target, members, shares(weights), seed), best);
    }

    /** Chooses the weights with a part of the work and fits a finish whose way is chosen already. */
    static Choice of(
            Metric metric,
            double[] target,
            List<Matrix> candidates,
            Base base,
            FinishWay way,
            int workers,
            long seed,
            BooleanSupplier stop) {
        double[] weights = base.extended(metric, target, candidates, workers, seed, stop);
        Finish finish = way.fit(target, members(weights, candidates), shares(weights), seed);
        return new Choice(weights, way, finish, best(metric, target, candidates, weights));
    }

    /** The ensemble's predictions of rows that all candidates predicted. */
    Matrix ensemble(List<Matrix> candidates) {
        return finish.apply(members(weights, candidates), shares(weights));
    }

    /** The best member's predictions of these rows, as doubtful as the ensemble's. */
    Matrix best(List<Matrix> candidates) {
        return Doubt.apply(candidates.get(best), finish.doubt());
    }

    private static int best(Metric metric, double[] target, List<Matrix> candidates, double[] weights) {
        return IntStream.range(0, weights.length)
                .filter(j -> weights[j] > 0)
                .boxed()
                .min(Comparator.comparingDouble(j -> metric.asError(Scoring.score(metric, target, candidates.get(j)))))
                .orElseThrow(() -> new IllegalArgumentException(
                        "none of the " + candidates.size() + " candidates has finite predictions for all of its rows"));
    }

    /** Those that have a weight. */
    static List<Matrix> members(double[] weights, List<Matrix> candidates) {
        return IntStream.range(0, weights.length)
                .filter(j -> weights[j] > 0)
                .mapToObj(candidates::get)
                .toList();
    }

    /** Their weights. */
    static double[] shares(double[] weights) {
        return IntStream.range(0, weights.length)
                .filter(j -> weights[j] > 0)
                .mapToDouble(j -> weights[j])
                .toArray();
    }
}
