package io.millrace.modelling.layer;

import java.util.List;

/** Adam with Nesterov momentum (Dozat 2016), with a constant momentum as its simple form has it. */
public final class Nadam extends Stepper {
    private static final float EPSILON = 1e-8f;

    private final float beta1;
    private final float beta2;
    private final float[][] means;
    private final float[][] squares;
    private int steps;

    public Nadam(List<Parameter> parameters, double beta1, double beta2) {
        super(parameters);
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        this.means = state(parameters);
        this.squares = state(parameters);
    }

    @Override
    void begin() {
        steps++;
    }

    @Override
    void update(int index, float[] values, float[] gradient, float rate, float kept) {
        float stride = (float) (rate / (1 - Math.pow(beta1, steps)));
        float correction = (float) (1 / (1 - Math.pow(beta2, steps)));
        float[] m = means[index];
        float[] v = squares[index];
        float b1 = beta1;
        float b2 = beta2;
        float c1 = 1 - beta1;
        float c2 = 1 - beta2;
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            float mean = b1 * m[i] + c1 * g;
            float square = b2 * v[i] + c2 * g * g;
            m[i] = mean;
            v[i] = square;
            // the mean as it will be after the next step, if that brings the same gradient
            float ahead = b1 * mean + c1 * g;
            values[i] = kept * values[i] - stride * ahead / ((float) Math.sqrt(square * correction) + EPSILON);
        }
    }
}
