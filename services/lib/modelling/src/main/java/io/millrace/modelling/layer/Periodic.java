package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * RealMLP's embedding of one number x as (x, W2 cos(2 pi (w1 x) + b1) + b2), PBLD of Holzmueller et al. 2024: {@value
 * #WAVES} waves w1 from N(0, 0.1^2), phases b1 uniform in [-pi, pi], and {@value #FEATURES} learned features beside x
 * itself. Works column-wise, so that the loops run over the rows of a batch.
 */
final class Periodic implements NumberFeatures {
    static final int WAVES = 16;
    static final int FEATURES = 3;

    private static final double RATE = 0.1;
    private static final double FREQUENCY = 0.1;
    private static final float TURN = (float) (2 * Math.PI);
    private static final float MAGIC = 12_582_912f;

    private final Parameter frequencies = Parameter.zeros(WAVES, RATE, false);
    /** In turns, not radians: one multiplication less per number; the rate is that of radians. */
    private final Parameter phases = Parameter.zeros(WAVES, RATE / TURN, false);

    private final Parameter mix = Parameter.zeros(WAVES * FEATURES, RATE, false);
    private final Parameter offsets = Parameter.zeros(FEATURES, RATE, false);
    private final float[] numbers;
    private final float[][] turns;
    private final float[] wave;
    private final float[] slope;
    private final float[][] features;
    private final float[] back;

    Periodic(int rows, SplittableRandom random) {
        for (int w = 0; w < WAVES; w++) {
            frequencies.values()[w] = (float) (FREQUENCY * random.nextGaussian());
            phases.values()[w] = (float) (random.nextDouble() - 0.5);
        }
        double deviation = 1 / Math.sqrt(WAVES);
        for (int i = 0; i < mix.values().length; i++) {
            mix.values()[i] = (float) (deviation * (2 * random.nextDouble() - 1));
        }
        this.numbers = new float[rows];
        this.turns = new float[WAVES][rows];
        this.wave = new float[rows];
        this.slope = new float[rows];
        this.features = new float[FEATURES][rows];
        this.back = new float[rows];
    }

    @Override
    public int width() {
        return 1 + FEATURES;
    }

    @Override
    public void forward(float[] in, int inWidth, int column, float[] out, int outWidth, int at, int rows) {
        for (int r = 0; r < rows; r++) {
            numbers[r] = in[r * inWidth + column];
        }
        for (int k = 0; k < FEATURES; k++) {
            Arrays.fill(features[k], 0, rows, offsets.values()[k]);
        }
        for (int w = 0; w < WAVES; w++) {
            line(numbers, frequencies.values()[w], phases.values()[w], turns[w], rows);
            cosine(turns[w], wave, rows);
            for (int k = 0; k < FEATURES; k++) {
                add(wave, mix.values()[w * FEATURES + k], features[k], rows);
            }
        }
        for (int r = 0; r < rows; r++) {
            int to = r * outWidth + at;
            out[to] = numbers[r];
            for (int k = 0; k < FEATURES; k++) {
                out[to + 1 + k] = features[k][r];
            }
        }
    }

    @Override
    public void backward(float[] gradient, int width, int at, int rows) {
        for (int k = 0; k < FEATURES; k++) {
            for (int r = 0; r < rows; r++) {
                features[k][r] = gradient[r * width + at + 1 + k];
            }
            offsets.gradient()[k] = sum(features[k], rows);
        }
        for (int w = 0; w < WAVES; w++) {
            cosine(turns[w], wave, rows);
            sine(turns[w], slope, rows);
            Arrays.fill(back, 0, rows, 0);
            for (int k = 0; k < FEATURES; k++) {
                mix.gradient()[w * FEATURES + k] = dot(wave, features[k], rows);
                add(features[k], mix.values()[w * FEATURES + k], back, rows);
            }
            multiply(back, slope, rows);
            phases.gradient()[w] = -TURN * sum(back, rows);
            frequencies.gradient()[w] = -TURN * dot(back, numbers, rows);
        }
    }

    private static void line(float[] x, float factor, float offset, float[] into, int rows) {
        for (int r = 0; r < rows; r++) {
            into[r] = x[r] * factor + offset;
        }
    }

    private static void add(float[] x, float factor, float[] into, int rows) {
        for (int r = 0; r < rows; r++) {
            into[r] += x[r] * factor;
        }
    }

    private static void multiply(float[] values, float[] factors, int rows) {
        for (int r = 0; r < rows; r++) {
            values[r] *= factors[r];
        }
    }

    /**
     * cos(2 pi t): t is brought to [-1/2, 1/2] by adding and taking off 1.5 * 2^23, which rounds to the nearest whole
     * number, then a polynomial in t^2; error below 1e-5.
     */
    private static void cosine(float[] turns, float[] into, int rows) {
        for (int r = 0; r < rows; r++) {
            float t = turns[r];
            t -= (t + MAGIC) - MAGIC;
            into[r] = evenCosine(t * t);
        }
    }

    /** sin(2 pi t) as cos(2 pi (t - 1/4)). */
    private static void sine(float[] turns, float[] into, int rows) {
        for (int r = 0; r < rows; r++) {
            float t = turns[r] - 0.25f;
            t -= (t + MAGIC) - MAGIC;
            into[r] = evenCosine(t * t);
        }
    }

    /** Taylor series of cos(2 pi t) in s = t^2, up to t^16. */
    private static float evenCosine(float s) {
        float p = 0.282006f * s - 1.714391f;
        p = p * s + 7.903536f;
        p = p * s - 26.426256f;
        p = p * s + 60.24464f;
        p = p * s - 85.45682f;
        p = p * s + 64.93939f;
        p = p * s - 19.739208f;
        return p * s + 1;
    }

    /** Four sums side by side, because one would wait for every addition. */
    private static float dot(float[] a, float[] b, int rows) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int r = 0;
        for (; r + 3 < rows; r += 4) {
            s0 += a[r] * b[r];
            s1 += a[r + 1] * b[r + 1];
            s2 += a[r + 2] * b[r + 2];
            s3 += a[r + 3] * b[r + 3];
        }
        for (; r < rows; r++) {
            s0 += a[r] * b[r];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static float sum(float[] a, int rows) {
        float s0 = 0;
        float s1 = 0;
        int r = 0;
        for (; r + 1 < rows; r += 2) {
            s0 += a[r];
            s1 += a[r + 1];
        }
        return r < rows ? s0 + s1 + a[r] : s0 + s1;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(frequencies, phases, mix, offsets);
    }
}
