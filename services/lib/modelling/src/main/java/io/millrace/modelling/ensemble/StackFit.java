package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Fits a {@link Stack}: least mean log loss, or mean squared error in units of the target's variance, plus a penalty on the
 * squared distance from weights that are trusted already and on the squared biases. Accelerated projected gradient descent
 * (FISTA; Beck and Teboulle 2009) on a convex loss, with a stride that the first steps halve until it descends.
 */
final class StackFit {
    private static final int STEPS = 40;
    /** Steps that look whether the stride is short enough; the curvature changes little after them. */
    private static final int MEASURED_STEPS = 5;

    private final StackLoss loss;
    /** Trusted weights, and biases of 0. */
    private final double[] start;

    private final int members;
    private final double penalty;

    private StackFit(StackLoss loss, double[] trusted, int outputs, double penalty) {
        this.loss = loss;
        this.start = Arrays.copyOf(trusted, trusted.length + outputs);
        this.members = trusted.length;
        this.penalty = penalty;
    }

    /**
     * Fits.
     *
     * @param target class index or value per row
     * @param members predictions of the same rows
     * @param trusted weights to stay near to, one per member
     * @param penalty per unit of squared distance
     */
    static Stack fit(double[] target, List<Matrix> members, double[] trusted, double penalty) {
        int outputs = members.get(0).columns();
        return outputs > 1
                ? probabilities(target, members, trusted, outputs, penalty)
                : values(target, members, trusted, penalty);
    }

    private static Stack probabilities(
            double[] target, List<Matrix> members, double[] trusted, int outputs, double penalty) {
        double[][] terms = terms(members, p -> Stack.term(p, true));
        StackLoss loss = new StackLoss.CrossEntropy(terms, target, outputs);
        double[] x = new StackFit(loss, trusted, outputs, penalty).minimum();
        return Stack.of(Arrays.copyOf(x, terms.length), Arrays.copyOfRange(x, terms.length, x.length));
    }

    /** Fitted to standardised values, so that a penalty means the same whatever their unit. */
    private static Stack values(double[] target, List<Matrix> members, double[] trusted, double penalty) {
        double center = Arrays.stream(target).average().orElse(0);
        double scale = deviation(target, center);
        DoubleUnaryOperator standardised = value -> (Stack.term(value, false) - center) / scale;
        StackLoss loss = new StackLoss.Squares(
                terms(members, standardised),
                Arrays.stream(target).map(standardised).toArray());
        double[] x = new StackFit(loss, trusted, 1, penalty).minimum();
        double[] weights = Arrays.copyOf(x, trusted.length);
        double bias =
                x[trusted.length] * scale + center * (1 - Arrays.stream(weights).sum());
        return Stack.of(weights, new double[] {bias});
    }

    private static double deviation(double[] target, double mean) {
        double squares = Arrays.stream(target)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElse(0);
        return squares > 0 ? Math.sqrt(squares) : 1;
    }

    private static double[][] terms(List<Matrix> members, DoubleUnaryOperator term) {
        return members.stream()
                .map(member -> IntStream.range(0, member.values().length)
                        .mapToDouble(i -> term.applyAsDouble(member.values()[i]))
                        .toArray())
                .toArray(double[][]::new);
    }

    private double[] minimum() {
        double[] x = start;
        double[] ahead = x.clone();
        double[] gradient = new double[x.length];
        double momentum = 1;
        double stride = 1;
        for (int step = 0; step < STEPS; step++) {
            double value = loss(ahead, gradient);
            double[] next = descend(ahead, gradient, stride);
            while (step < MEASURED_STEPS
                    && loss(next, null) > bound(value, gradient, ahead, next, stride)
                    && stride > 1e-6) {
                stride /= 2;
                next = descend(ahead, gradient, stride);
            }
            double more = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            for (int i = 0; i < x.length; i++) {
                ahead[i] = next[i] + (momentum - 1) / more * (next[i] - x[i]);
            }
            momentum = more;
            x = next;
        }
        return loss(x, null) <= loss(start, null) ? x : start;
    }

    private double[] descend(double[] from, double[] gradient, double stride) {
        double[] next = new double[from.length];
        for (int i = 0; i < next.length; i++) {
            double moved = from[i] - stride * gradient[i];
            next[i] = i < members ? Math.max(0, moved) : moved;
        }
        return next;
    }

    /** What the loss must not exceed for the stride to be short enough. */
    private static double bound(double value, double[] gradient, double[] from, double[] to, double stride) {
        double linear = 0;
        double squares = 0;
        for (int i = 0; i < from.length; i++) {
            double d = to[i] - from[i];
            linear += gradient[i] * d;
            squares += d * d;
        }
        return value + linear + squares / (2 * stride) + 1e-12;
    }

    /** The penalised loss; sets the gradient where one is given. */
    private double loss(double[] x, double[] gradient) {
        double penalised = loss.at(x, gradient);
        for (int i = 0; i < x.length; i++) {
            double distance = x[i] - start[i];
            penalised += penalty * distance * distance;
            if (gradient != null) {
                gradient[i] += 2 * penalty * distance;
            }
        }
        return penalised;
    }
}
