package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.events.Score;
import io.millrace.modelling.score.Bootstrap;
import io.millrace.modelling.score.CalibrationError;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * An ensemble chosen on out-of-fold rows and what it is worth there.
 *
 * @param weights weight per candidate, adding up to 1
 * @param finish what makes a prediction of the members'
 * @param score optimised metric with its interval
 * @param gain how much better than its best member, in units of the metric; positive is better
 * @param calibrationError expected calibration error, 0 to 1; absent for regression
 */
public record EnsembleSelection(
        double[] weights, Finish finish, Score score, Score gain, Optional<Double> calibrationError) {
    /**
     * Selects, calibrates or stacks, and scores.
     *
     * @param target class index or value per row
     * @param candidates predictions of the same rows
     * @param stop when true, what can be left out is: further rounds of the selection, calibration and stack
     * @throws IllegalArgumentException when no candidate's predictions are all finite
     */
    public static EnsembleSelection of(
            Metric metric, double[] target, List<Matrix> candidates, long seed, BooleanSupplier stop) {
        double[] weights = GreedySelection.weights(metric, target, candidates, seed, stop);
        int[] chosen =
                IntStream.range(0, weights.length).filter(j -> weights[j] > 0).toArray();
        List<Matrix> members = Arrays.stream(chosen).mapToObj(candidates::get).toList();
        Matrix best = members.stream()
                .min(Comparator.comparingDouble(m -> metric.asError(Scoring.score(metric, target, m))))
                .orElseThrow(() -> new IllegalArgumentException(
                        "none of the " + candidates.size() + " candidates has finite predictions for all of its rows"));
        double[] shares = Arrays.stream(chosen).mapToDouble(j -> weights[j]).toArray();
        Finish finish = Finish.choose(metric, target, members, shares, seed, stop);
        Matrix ensemble = finish.apply(members, shares);
        return new EnsembleSelection(
                weights,
                finish,
                Bootstrap.interval(metric, target, ensemble, seed),
                Bootstrap.difference(metric, target, ensemble, Doubt.apply(best, finish.doubt()), seed),
                ensemble.columns() > 1 ? Optional.of(CalibrationError.of(target, ensemble)) : Optional.empty());
    }
}
