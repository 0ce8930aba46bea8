package io.millrace.modelling.layer;

import java.util.List;

/** Shortens the gradient of all parameters together where it is longer than allowed (Pascanu et al., arXiv 1211.5063). */
public final class GradientClip {
    private final List<Parameter> parameters;
    private final double longest;

    /** A clip at norm {@code longest}; infinite for none. */
    public GradientClip(List<Parameter> parameters, double longest) {
        this.parameters = List.copyOf(parameters);
        this.longest = longest;
    }

    /** Scales the gradients as they stand. A norm that is no number is left for the loss to show. */
    public void apply() {
        if (longest == Double.POSITIVE_INFINITY) {
            return;
        }
        double norm = norm();
        if (norm > longest) {
            float factor = (float) (longest / norm);
            parameters.forEach(p -> scale(p.gradient(), factor));
        }
    }

    /** Euclidean norm of the gradients as they stand. */
    public double norm() {
        return Math.sqrt(
                parameters.stream().mapToDouble(p -> squares(p.gradient())).sum());
    }

    /** Four sums side by side, because one would wait for every addition. */
    private static double squares(float[] values) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            s0 += (double) values[i] * values[i];
            s1 += (double) values[i + 1] * values[i + 1];
            s2 += (double) values[i + 2] * values[i + 2];
            s3 += (double) values[i + 3] * values[i + 3];
        }
        for (; i < values.length; i++) {
            s0 += (double) values[i] * values[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
