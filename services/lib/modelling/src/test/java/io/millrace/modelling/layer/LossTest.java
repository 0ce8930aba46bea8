package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
    private static final int INPUTS = 4;

    static Stream<Loss> losses() {
        return Stream.of(Loss.CROSS_ENTROPY, PointLoss.squared(), PointLoss.huber(0.7), PointLoss.quantile(0.3));
    }

    /** Rows 0 to 3, row 2 as often as asked for, and what their weights are. */
    private static float[] weightGradient(Loss loss, int[] rows, float... weights) {
        SplittableRandom random = new SplittableRandom(9);
        float[] all = new float[4 * INPUTS];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) random.nextGaussian();
        }
        try (Dense dense = new Dense(DensePlan.output(INPUTS, 2), 8, new SplittableRandom(4));
                Tensor inputs = new Tensor(8, INPUTS)) {
            float[] truth = new float[rows.length * 2];
            for (int r = 0; r < rows.length; r++) {
                System.arraycopy(all, rows[r] * INPUTS, inputs.values(), r * INPUTS, INPUTS);
                truth[2 * r + rows[r] % 2] = 1;
            }
            Tensor outputs = dense.forward(inputs, rows.length, true);
            double value = loss.backward(outputs, truth, weights, rows.length);
            dense.backward(outputs, rows.length, false);
            float[] gradient = Arrays.copyOf(dense.parameters().get(0).gradient(), INPUTS * 2 + 1);
            gradient[INPUTS * 2] = (float) value;
            return gradient;
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aRowOfWeightTwoIsTheSameAsTheRowTwice(Loss loss) {
        float[] weighted = weightGradient(loss, new int[] {0, 1, 2, 3}, 1, 1, 2, 1);
        float[] repeated = weightGradient(loss, new int[] {0, 1, 2, 3, 2}, 1, 1, 1, 1, 1);
        float[] neither = weightGradient(loss, new int[] {0, 1, 2, 3}, 1, 1, 1, 1);

        assertThat(weighted).usingComparatorWithPrecision(1e-6f).containsExactly(repeated);
        assertThat(distance(weighted, neither)).isGreaterThan(1e-3);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aRowOfWeightZeroIsNotThere(Loss loss) {
        assertThat(weightGradient(loss, new int[] {0, 1, 2, 3}, 1, 1, 0, 1))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(weightGradient(loss, new int[] {0, 1, 3}, 1, 1, 1));
    }

    @Test
    void labelSmoothingIsInTheGradientAndNotInTheLoss() {
        float[] outputs = {2, -1, 0.5f, 0.1f, 0.2f, -3};
        float[] truth = {1, 0, 0, 0, 0, 1};
        float[] spread = {0.8f, 0.1f, 0.1f, 0.1f, 0.1f, 0.8f};
        float[] weights = {1, 3};
        try (Tensor smoothed = tensor(outputs);
                Tensor towardsSpread = tensor(outputs);
                Tensor plain = tensor(outputs)) {
            double loss = Loss.smoothed(0.3).backward(smoothed, truth, weights, 2);
            Loss.CROSS_ENTROPY.backward(towardsSpread, spread, weights, 2);

            assertThat(loss).isEqualTo(Loss.CROSS_ENTROPY.backward(plain, truth, weights, 2));
            assertThat(smoothed.values()).usingComparatorWithPrecision(1e-6f).containsExactly(towardsSpread.values());
            assertThat(distance(smoothed.values(), plain.values())).isGreaterThan(0.1);
        }
    }

    private static Tensor tensor(float[] values) {
        Tensor tensor = new Tensor(2, 3);
        System.arraycopy(values, 0, tensor.values(), 0, values.length);
        return tensor;
    }

    @Test
    void theQuantileLossIsLeastAtTheQuantile() {
        PointLoss loss = PointLoss.quantile(0.8);
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double guess = 0; guess <= 100; guess += 0.5) {
            double sum = 0;
            for (int truth = 0; truth <= 100; truth++) {
                sum += loss.of(guess - truth);
            }
            if (sum < least) {
                least = sum;
                best = guess;
            }
        }

        assertThat(best).isCloseTo(80, within(0.5));
    }

    @Test
    void theHuberLossGoesOnAlongItsTangent() {
        PointLoss loss = PointLoss.huber(2);

        assertThat(loss.of(1)).isEqualTo(0.5);
        assertThat(loss.of(-2)).isEqualTo(2);
        assertThat(loss.of(5)).isEqualTo(8);
        assertThat(loss.slope(-5)).isEqualTo(-2);
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }
}
