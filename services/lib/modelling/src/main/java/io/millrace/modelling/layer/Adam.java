package io.millrace.modelling.layer;

import java.util.List;

/** Adam (Kingma and Ba, arXiv 1412.6980). */
public final class Adam extends Stepper {
    private static final float EPSILON = 1e-8f;

    private final float beta1;
    private final float beta2;
    private final float[][] means;
    private final float[][] squares;
    private int steps;

    public Adam(List<Parameter> parameters, double beta1, double beta2) {
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
        update(values, gradient, means[index], squares[index], stride, correction, kept);
    }

    private void update(
            float[] values, float[] gradient, float[] m, float[] v, float stride, float correction, float kept) {
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
            values[i] = kept * values[i] - stride * mean / ((float) Math.sqrt(square * correction) + EPSILON);
        }
    }
}
