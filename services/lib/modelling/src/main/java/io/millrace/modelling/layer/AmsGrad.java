package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Adam whose squared gradients are the largest mean so far (Reddi et al., arXiv 1904.09237): its steps never grow again. */
public final class AmsGrad extends AdamLike {
    private final float[][] largest;

    public AmsGrad(List<Parameter> parameters, double beta1, double beta2) {
        super(parameters, beta1, beta2);
        this.largest = state(parameters);
    }

    @Override
    public List<float[]> memory() {
        return Stream.concat(super.memory().stream(), Arrays.stream(largest)).toList();
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
