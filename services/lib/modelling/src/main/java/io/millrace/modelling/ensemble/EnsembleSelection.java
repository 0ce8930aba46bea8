package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.events.Score;
import io.millrace.modelling.score.Bootstrap;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * An ensemble chosen on out-of-fold rows and what it is worth there.
 *
 * @param weights weight per candidate, adding up to 1
 * @param temperature temperature of its probabilities, 1 for none
 * @param doubt share of probability that is spread over the classes, 0 for none; see {@link Doubt}
 * @param score optimised metric with its interval
 * @param gain how much better than its best member, in units of the metric; positive is better
 */
public record EnsembleSelection(double[] weights, double temperature, double doubt, Score score, Score gain) {
    /**
     * Selects, calibrates and scores.
     *
     * @param target class index or value per row
     * @param candidates predictions of the same rows
     * @param stop when true, what can be left out is: further rounds of the selection, the temperature
     * @throws IllegalArgumentException when no candidate's predictions are all finite
     */
    public static EnsembleSelection of(
            Metric metric, double[] target, List<Matrix> candidates, long seed, BooleanSupplier stop) {
        double[] weights = GreedySelection.weights(metric, target, candidates, seed, stop);
        Optional<Matrix> best = IntStream.range(0, weights.length)
                .filter(j -> weights[j] > 0)
                .mapToObj(candidates::get)
                .min(Comparator.comparingDouble(m -> metric.asError(Scoring.score(metric, target, m))));
        if (best.isEmpty()) {
            throw new IllegalArgumentException(
                    "none of the " + candidates.size() + " candidates has finite predictions for all of its rows");
        }
        WeightedMean mean = new WeightedMean(target.length, candidates.get(0).columns());
        for (int j = 0; j < weights.length; j++) {
            if (weights[j] > 0) {
                mean.add(candidates.get(j), weights[j]);
            }
        }
        double temperature = stop.getAsBoolean() ? 1 : Temperature.fit(metric, target, mean.result(), seed);
        double doubt = Doubt.of(metric, target.length);
        Matrix ensemble = Doubt.apply(Temperature.apply(mean.result(), temperature), doubt);
        return new EnsembleSelection(
                weights,
                temperature,
                doubt,
                Bootstrap.interval(metric, target, ensemble, seed),
                Bootstrap.difference(metric, target, ensemble, Doubt.apply(best.get(), doubt), seed));
    }
}
