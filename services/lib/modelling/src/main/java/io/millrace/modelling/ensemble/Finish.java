package io.millrace.modelling.ensemble;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What makes the ensemble's prediction of its members': a stack, or else their weighted mean and its calibration; then doubt.
 * All of it is fitted on rows each predicted by one fold model of a member; new rows are predicted by the mean of them all. An
 * arithmetic mean of probabilities is less sure than the models that it is made of, the more so the more they differ, and would
 * undo a calibration: where there is one the mean is geometric.
 *
 * @param stack second layer, where it is better than the mean
 * @param temperature temperature of the mean's probabilities, 1 for none
 * @param isotonic calibration of the mean in place of a temperature
 * @param doubt share of probability that is spread over the classes, 0 for none; see {@link Doubt}
 * @param geometric whether a member's prediction is the geometric mean of its fold models' probabilities
 */
public record Finish(
        Optional<Stack> stack, double temperature, Optional<Isotonic> isotonic, double doubt, boolean geometric) {
    /** The mean as it is. */
    public static final Finish PLAIN = new Finish(Optional.empty(), 1, Optional.empty(), 0, false);

    public Finish {
        if (!(temperature > 0) || !(doubt >= 0 && doubt <= 1)) {
            throw new IllegalArgumentException("temperature " + temperature + " or doubt " + doubt + " is none");
        }
        stack = stack == null ? Optional.empty() : stack;
        isotonic = isotonic == null ? Optional.empty() : isotonic;
    }

    /**
     * Chooses by cross-validated gain; where {@code stop} is true the mean stays as it is.
     *
     * @param members predictions of the same rows
     * @param weights share of each in the mean, adding up to 1
     */
    static Finish choose(
            Metric metric, double[] target, List<Matrix> members, double[] weights, long seed, BooleanSupplier stop) {
        double doubt = Doubt.of(metric, target.length);
        if (stop.getAsBoolean()) {
            return new Finish(Optional.empty(), 1, Optional.empty(), doubt, false);
        }
        Matrix mean = mean(members, weights);
        boolean geometric = Calibration.isTried(metric, target.length, mean.columns());
        Calibration calibration = Calibration.choose(metric, target, mean, seed);
        Optional<Stack> stack = stop.getAsBoolean()
                ? Optional.empty()
                : Stacking.choose(metric, target, members, weights, calibration.apply(mean), seed);
        if (stack.isPresent()) {
            return new Finish(stack, 1, Optional.empty(), doubt, geometric);
        }
        return calibration instanceof Isotonic isotonic
                ? new Finish(Optional.empty(), 1, Optional.of(isotonic), doubt, geometric)
                : new Finish(Optional.empty(), ((Temperature) calibration).value(), Optional.empty(), doubt, geometric);
    }

    /** Predictions from those of all members. */
    Matrix apply(List<Matrix> members, double[] weights) {
        return ended(stack.map(s -> s.apply(members)).orElseGet(() -> mean(members, weights)));
    }

    /** From the stack's prediction or the mean to what the ensemble says. */
    Matrix ended(Matrix mixed) {
        return Doubt.apply(calibration().apply(mixed), doubt);
    }

    @JsonIgnore
    private Calibration calibration() {
        return isotonic.<Calibration>map(i -> i).orElseGet(() -> new Temperature(temperature));
    }

    private static Matrix mean(List<Matrix> members, double[] weights) {
        WeightedMean mean =
                new WeightedMean(members.get(0).rows(), members.get(0).columns());
        for (int j = 0; j < weights.length; j++) {
            mean.add(members.get(j), weights[j]);
        }
        return mean.result();
    }
}
