package io.millrace.modelling.ensemble;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;

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

    /** The weighted mean of the members. */
    static Matrix mean(List<Matrix> members, double[] weights) {
        WeightedMean mean =
                new WeightedMean(members.get(0).rows(), members.get(0).columns());
        for (int j = 0; j < weights.length; j++) {
            mean.add(members.get(j), weights[j]);
        }
        return mean.result();
    }
}
