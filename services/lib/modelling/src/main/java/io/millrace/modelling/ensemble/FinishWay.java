package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How an ensemble is finished, without the numbers that are fitted to rows.
 *
 * @param penalty of the stack, where there is one
 * @param calibration of the mean, where there is one and no stack
 * @param geometric whether a member's prediction is the geometric mean of its fold models' probabilities
 */
record FinishWay(Metric metric, Optional<Double> penalty, Optional<Calibration.Method> calibration, boolean geometric) {
    /**
     * Chooses by cross-validated gain; where {@code stop} is true the mean stays as it is.
     *
     * @param members predictions of the same rows
     * @param weights share of each in the mean, adding up to 1
     */
    static FinishWay choose(
            Metric metric, double[] target, List<Matrix> members, double[] weights, long seed, BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            return new FinishWay(metric, Optional.empty(), Optional.empty(), false);
        }
        Matrix mean = Finish.mean(members, weights);
        boolean geometric = Calibration.isTried(metric, target.length, mean.columns());
        Optional<Calibration.Method> calibration = Calibration.choose(metric, target, mean, seed);
        Optional<Double> penalty = stop.getAsBoolean()
                ? Optional.empty()
                : Stacking.choose(
                        metric,
                        target,
                        members,
                        weights,
                        Calibration.fit(calibration, target, mean, seed).apply(mean),
                        seed);
        return new FinishWay(metric, penalty, penalty.isPresent() ? Optional.empty() : calibration, geometric);
    }

    /** Fits to rows; parameters as those of {@link #choose}. */
    Finish fit(double[] target, List<Matrix> members, double[] weights, long seed) {
        double doubt = Doubt.of(metric, target.length);
        Optional<Stack> stack = penalty.map(p -> Stacking.fit(target, members, weights, p, seed));
        Calibration fitted = Calibration.fit(calibration, target, Finish.mean(members, weights), seed);
        return fitted instanceof Isotonic isotonic
                ? new Finish(stack, 1, Optional.of(isotonic), doubt, geometric)
                : new Finish(stack, ((Temperature) fitted).value(), Optional.empty(), doubt, geometric);
    }
}
