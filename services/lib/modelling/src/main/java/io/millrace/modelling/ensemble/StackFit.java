package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * Fits a {@link Stack}: least mean log loss, or mean squared error in units of the target's variance, plus a penalty on the
 * squared distance from weights that are trusted already and on the squared biases. Accelerated projected gradient descent
 * (FISTA; Beck and Teboulle 2009) on a convex loss, with a stride that the first steps halve until it descends.
 */
final class StackFit {
    private static final int STEPS = 40;
    /** Steps that look whether the stride is short enough; the curvature changes little after them. */
    private static final int MEASURED_STEPS = 5;

    private final double[] target;
    private final double[][] terms;
    private final double[] trusted;
    private final int outputs;
    private final double penalty;
    private final double center;
    private final double scale;

    private StackFit(double[] target, List<Matrix> members, double[] trusted, double penalty) {
        this.target = target;
        this.outputs = members.get(0).columns();
        this.trusted = trusted;
        this.penalty = penalty;
        this.center = outputs > 1 ? 0 : Arrays.stream(target).average().orElse(0);
        this.scale = outputs > 1 ? 1 : deviation(target, center);
        this.terms = members.stream().map(this::terms).toArray(double[][]::new);
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
        StackFit fit = new StackFit(target, members, trusted, penalty);
        return fit.stack(fit.minimum());
    }

    private static double deviation(double[] target, double mean) {
        double squares = Arrays.stream(target)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElse(0);
        return squares > 0 ? Math.sqrt(squares) : 1;
    }

    private double[] terms(Matrix member) {
        double[] values = new double[member.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Stack.term(member.values()[i], outputs > 1) - center) / scale;
        }
        return values;
    }

    private Stack stack(double[] x) {
        double[] weights = Arrays.copyOf(x, terms.length);
        double[] bias = Arrays.copyOfRange(x, terms.length, x.length);
        if (outputs == 1) {
            bias[0] = bias[0] * scale + center * (1 - Arrays.stream(weights).sum());
        }
        return Stack.of(weights, bias);
    }

    private double[] minimum() {
        double[] start = Arrays.copyOf(trusted, terms.length + outputs);
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
            next[i] = i < terms.length ? Math.max(0, moved) : moved;
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
        if (gradient != null) {
            Arrays.fill(gradient, 0);
        }
        double sum = 0;
        double[] z = new double[outputs];
        for (int r = 0; r < target.length; r++) {
            for (int c = 0; c < outputs; c++) {
                z[c] = x[terms.length + c];
                for (int j = 0; j < terms.length; j++) {
                    z[c] += x[j] * terms[j][r * outputs + c];
                }
            }
            sum += outputs > 1 ? crossEntropy(z, (int) target[r]) : squaredError(z, r);
            if (gradient != null) {
                addTo(gradient, z, r);
            }
        }
        double loss = sum / target.length;
        for (int i = 0; i < x.length; i++) {
            double distance = x[i] - (i < terms.length ? trusted[i] : 0);
            loss += penalty * distance * distance;
            if (gradient != null) {
                gradient[i] = gradient[i] / target.length + 2 * penalty * distance;
            }
        }
        return loss;
    }

    /** Turns scores into the derivative of the loss by them. */
    private static double crossEntropy(double[] z, int truth) {
        double most = z[0];
        for (double score : z) {
            most = Math.max(most, score);
        }
        double total = 0;
        double ofTruth = z[truth] - most;
        for (int c = 0; c < z.length; c++) {
            z[c] = Math.exp(z[c] - most);
            total += z[c];
        }
        for (int c = 0; c < z.length; c++) {
            z[c] = z[c] / total - (c == truth ? 1 : 0);
        }
        return Math.log(total) - ofTruth;
    }

    private double squaredError(double[] z, int row) {
        double error = z[0] - (target[row] - center) / scale;
        z[0] = 2 * error;
        return error * error;
    }

    private void addTo(double[] gradient, double[] dz, int row) {
        for (int c = 0; c < outputs; c++) {
            gradient[terms.length + c] += dz[c];
            for (int j = 0; j < terms.length; j++) {
                gradient[j] += dz[c] * terms[j][row * outputs + c];
            }
        }
    }
}
