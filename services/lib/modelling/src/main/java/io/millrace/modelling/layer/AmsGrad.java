package io.millrace.modelling.layer;

import java.util.List;

/** Adam whose squared gradients are the largest mean so far (Reddi et al., arXiv 1904.09237): its steps never grow again. */
public final class AmsGrad extends Stepper {
    private static final float EPSILON = 1e-8f;

    private final float beta1;
    private final float beta2;
    private final float[][] means;
    private final float[][] squares;
    private final float[][] largest;
    private int steps;

    public AmsGrad(List<Parameter> parameters, double beta1, double beta2) {
        super(parameters);
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        this.means = state(parameters);
        this.squares = state(parameters);
        this.largest = state(parameters);
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
        float[] most = largest[index];
        float b1 = beta1;
        float b2 = beta2;
        float c1 = 1 - beta1;
        float c2 = 1 - beta2;
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            float mean = b1 * m[i] + c1 * g;
            float square = b2 * v[i] + c2 * g * g;
            float max = Math.max(most[i], square);
            m[i] = mean;
            v[i] = square;
            most[i] = max;
            values[i] = kept * values[i] - stride * mean / ((float) Math.sqrt(max * correction) + EPSILON);
        }
    }
}
