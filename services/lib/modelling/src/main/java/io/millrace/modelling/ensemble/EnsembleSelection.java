package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.events.Score;
import io.millrace.modelling.score.Bootstrap;
import io.millrace.modelling.score.CalibrationError;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * An ensemble chosen on out-of-fold rows and what it is worth. The ensemble is fitted to all rows; score, gain and calibration
 * error are those of a {@link CrossFit}, so that no row judges what was fitted to it. Only where the time ends before the
 * cross-fit does, or there is but one row, are they those of the ensemble on its own rows, and then flatter it.
 *
 * @param weights weight per candidate, adding up to 1
 * @param finish what makes a prediction of the members'
 * @param score optimised metric with its interval
 * @param gain how much better than its best member, in units of the metric; positive is better. Where the ensemble is worth no
 *     more than the luck of the choice the interval holds 0
 * @param calibrationError expected calibration error, 0 to 1; absent for regression
 */
public record EnsembleSelection(
        double[] weights, Finish finish, Score score, Score gain, Optional<Double> calibrationError) {
    /**
     * Selects, calibrates or stacks, and scores.
     *
     * @param target class index or value per row
     * @param candidates predictions of the same rows
     * @param bagged those of them that predict more rows, if there are any
     * @param stop when true, what can be left out is: further rounds of the selection, calibration and stack, the cross-fit
     * @throws IllegalArgumentException when no candidate's predictions are all finite
     */
    public static EnsembleSelection of(
            Metric metric,
            double[] target,
            List<Matrix> candidates,
            Optional<Bagged> bagged,
            long seed,
            BooleanSupplier stop) {
        Base base = bagged.map(b -> Base.onAllRows(metric, b, seed, stop)).orElse(Base.NONE);
        Choice choice = Choice.of(metric, target, candidates, base, seed, stop);
        Base judgedBase = bagged.map(b -> Base.onOwnRows(metric, b, seed, stop)).orElse(Base.NONE);
        CrossFit judged = CrossFit.of(metric, target, candidates, judgedBase, choice.way(), seed, stop)
                .orElseGet(() -> new CrossFit(choice.ensemble(candidates), choice.best(candidates)));
        return new EnsembleSelection(
                choice.weights(),
                choice.finish(),
                Bootstrap.interval(metric, target, judged.ensemble(), seed),
                Bootstrap.difference(metric, target, judged.ensemble(), judged.best(), seed),
                judged.ensemble().columns() > 1
                        ? Optional.of(CalibrationError.of(target, judged.ensemble()))
                        : Optional.empty());
    }
}
