package io.millrace.modelling.layer;

import java.util.List;

/** Adam (Kingma and Ba, arXiv 1412.6980). */
public final class Adam extends AdamLike {
    public Adam(List<Parameter> parameters, double beta1, double beta2) {
        super(parameters, beta1, beta2);
    }

    @Override
    void update(
            int index,
            float[] values,
            float[] gradient,
            float[] m,
            float[] v,
            float stride,
            float correction,
            float kept) {
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
