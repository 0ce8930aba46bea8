package io.millrace.modelling.ensemble;

import io.millrace.modelling.layer.Softmax;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A second layer over the members' predictions (stacking; Wolpert 1992, Breiman 1996 with weights that are not negative).
 * Values are mixed linearly, b + sum of w_j p_j; probabilities as logarithms, softmax of b_c + sum of w_j ln p_jc, so that
 * weights may add up to more or less than 1 and thereby sharpen or soften.
 *
 * @param weights per member, none negative
 * @param bias per class, or one
 */
public record Stack(List<Double> weights, List<Double> bias) {
    private static final double LEAST_PROBABILITY = 1e-7;

    public Stack {
        weights = List.copyOf(weights);
        bias = List.copyOf(bias);
    }

    static Stack of(double[] weights, double[] bias) {
        return new Stack(
                Arrays.stream(weights).boxed().toList(),
                Arrays.stream(bias).boxed().toList());
    }

    /** The plain mean of so many predictions: of probabilities the geometric one, normalised. */
    static Stack mean(int members, int outputs) {
        return new Stack(Collections.nCopies(members, 1.0 / members), Collections.nCopies(outputs, 0.0));
    }

    /** What enters the sum for a prediction: itself, or its logarithm where it is a probability. */
    static double term(double prediction, boolean probability) {
        return probability ? Math.log(Math.max(prediction, LEAST_PROBABILITY)) : prediction;
    }

    /** The sum over members while it grows, so that only one of them is in memory at a time. */
    final class Sum {
        private final Matrix sum;
        private int members;

        Sum(int rows) {
            sum = Matrix.filled(rows, bias.size(), 0);
            for (int i = 0; i < sum.values().length; i++) {
                sum.values()[i] = bias.get(i % bias.size()).floatValue();
            }
        }

        /** Adds the next member's predictions for all rows. */
        Sum add(Matrix predictions) {
            double weight = weights.get(members++);
            float[] added = predictions.values();
            for (int i = 0; weight > 0 && i < added.length; i++) {
                sum.values()[i] += (float) (weight * term(added[i], bias.size() > 1));
            }
            return this;
        }

        /** The stack's predictions; ends the sum. */
        Matrix result() {
            for (int r = 0; bias.size() > 1 && r < sum.rows(); r++) {
                Softmax.apply(sum.values(), r * bias.size(), bias.size());
            }
            return sum;
        }
    }

    /** Predictions from those of all members. */
    Matrix apply(List<Matrix> members) {
        Sum sum = new Sum(members.get(0).rows());
        members.forEach(sum::add);
        return sum.result();
    }
}
