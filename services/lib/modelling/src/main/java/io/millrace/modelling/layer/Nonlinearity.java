package io.millrace.modelling.layer;

/**
 * An activation function with its derivative. The loops use only float addition, multiplication, minimum and maximum,
 * without branches: that is what C2 of JDK 17 turns into vector instructions.
 */
public enum Nonlinearity {
    /** max(x, 0). */
    RELU {
        @Override
        void apply(float[] x, float[] slope, int count) {
            for (int i = 0; i < count; i++) {
                float value = x[i];
                slope[i] = Math.min(Math.max(value * STEEP, 0), 1);
                x[i] = Math.max(value, 0);
            }
        }
    },
    /** 1.0507 (x for x &gt; 0, 1.6733 (e^x - 1) otherwise); Klambauer et al., arXiv 1706.02515. */
    SELU {
        @Override
        void apply(float[] x, float[] slope, int count) {
            for (int i = 0; i < count; i++) {
                float value = x[i];
                float decay = SELU_SCALE * SELU_ALPHA * exp(Math.min(value, 0));
                float positive = Math.min(Math.max(value * STEEP, 0), 1);
                slope[i] = positive * SELU_SCALE + (1 - positive) * decay;
                x[i] = SELU_SCALE * Math.max(value, 0) + decay - SELU_SCALE * SELU_ALPHA;
            }
        }
    },
    /** x tanh(ln(1 + e^x)); Misra, arXiv 1908.08681. */
    MISH {
        @Override
        void apply(float[] x, float[] slope, int count) {
            // two loops: as one it is too long for C2 to unroll, and what is not unrolled is not vectorised
            for (int i = 0; i < count; i++) {
                slope[i] = exp(Math.min(x[i], MOST));
            }
            for (int i = 0; i < count; i++) {
                float value = x[i];
                float e = slope[i];
                float product = e * (e + 2);
                float inverse = 1 / (product + 2);
                float gate = product * inverse;
                // the gate's derivative is rational in e^x as well
                slope[i] = gate + value * 4 * (product - e) * inverse * inverse;
                x[i] = value * gate;
            }
        }
    },
    /** x sigmoid(1.702 x), the form of Hendrycks and Gimpel (arXiv 1606.08415) that needs one exponential. */
    GELU {
        @Override
        void apply(float[] x, float[] slope, int count) {
            for (int i = 0; i < count; i++) {
                float value = x[i];
                float gate = 1 / (1 + exp(Math.min(Math.max(-GELU_SCALE * value, -MOST), MOST)));
                slope[i] = gate + GELU_SCALE * value * gate * (1 - gate);
                x[i] = value * gate;
            }
        }
    };

    private static final float STEEP = 1e30f;
    private static final float MOST = 20;
    private static final float SELU_SCALE = 1.050701f;
    private static final float SELU_ALPHA = 1.6732632f;
    private static final float GELU_SCALE = 1.702f;

    /** Overwrites the first {@code count} of {@code x} by the function's values, and {@code slope} by its derivatives. */
    abstract void apply(float[] x, float[] slope, int count);

    /**
     * e^x for x between -87 and {@value #MOST}, as (1 + y + y^2/2 + y^3/6 + y^4/24)^64 with y = x / 64. Relative error
     * below 1e-5 where |x| &lt; 7; below -20, where it matters to nothing here, below 1e-2.
     */
    static float exp(float x) {
        float y = Math.max(x, -80) * (1 / 64f);
        float p = 1 + y * (1 + y * (0.5f + y * (1 / 6f + y * (1 / 24f))));
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        return p * p;
    }
}
