package io.millrace.modelling.layer;

import java.util.Arrays;

/**
 * RealMLP's parametric activation (Holzmueller et al. 2024): x + a (f(x) - x) with one trainable a per unit, 1 at first.
 */
final class Blend {
    private final Parameter strength;
    private final float[] excess;

    Blend(int rows, int units, double rate) {
        this.strength = Parameter.zeros(units, rate, false);
        Arrays.fill(strength.values(), 1);
        this.excess = new float[rows * units];
    }

    Parameter strength() {
        return strength;
    }

    /** What multiplies a in the output: f(x) - x. */
    float[] excess() {
        return excess;
    }

    /** Takes x before f overwrites it. */
    void remember(float[] x, int count) {
        System.arraycopy(x, 0, excess, 0, count);
    }

    /** From f(x) and f'(x) to the blend and its derivative, in place. */
    void apply(float[] f, float[] slope, int rows) {
        float[] a = strength.values();
        int n = a.length;
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            for (int c = 0; c < n; c++) {
                float x = excess[at + c];
                float more = f[at + c] - x;
                excess[at + c] = more;
                f[at + c] = x + a[c] * more;
                slope[at + c] = 1 + a[c] * (slope[at + c] - 1);
            }
        }
    }

    /** Sets the gradient of a; {@code gradient} is by the blend and not changed. */
    void backward(float[] gradient, int rows) {
        float[] sums = strength.gradient();
        Arrays.fill(sums, 0);
        int n = sums.length;
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            for (int c = 0; c < n; c++) {
                sums[c] += gradient[at + c] * excess[at + c];
            }
        }
    }
}
