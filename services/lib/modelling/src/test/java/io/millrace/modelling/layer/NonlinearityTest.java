package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NonlinearityTest {
    private static DoubleUnaryOperator exact(Nonlinearity function) {
        return switch (function) {
            case RELU -> x -> Math.max(x, 0);
            case SELU -> x -> 1.050700987355480 * (x > 0 ? x : 1.673263242354377 * Math.expm1(x));
            case MISH -> x -> x * Math.tanh(Math.log1p(Math.exp(x)));
            case GELU -> x -> x / (1 + Math.exp(-1.702 * x));
        };
    }

    @ParameterizedTest
    @EnumSource(Nonlinearity.class)
    void valuesAndSlopesAreThoseOfTheFunction(Nonlinearity function) {
        int count = 2001;
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = -30 + i * 0.03f + 0.001f; // beside 0, where some have no derivative
        }
        float[] values = x.clone();
        float[] slope = new float[count];

        function.apply(values, slope, count);

        for (int i = 0; i < count; i++) {
            double at = x[i];
            double derivative =
                    (exact(function).applyAsDouble(at + 1e-5) - exact(function).applyAsDouble(at - 1e-5)) / 2e-5;
            assertThat(values[i])
                    .as("value at %s", at)
                    .isCloseTo((float) exact(function).applyAsDouble(at), within(2e-5f));
            assertThat(slope[i]).as("slope at %s", at).isCloseTo((float) derivative, within(5e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource(Nonlinearity.class)
    void hugeNumbersStayFinite(Nonlinearity function) {
        float[] values = {-1e20f, 1e20f, -300, 300, 0};
        float[] slope = new float[5];

        function.apply(values, slope, 5);

        for (int i = 0; i < 5; i++) {
            assertThat(values[i]).isFinite();
            assertThat(slope[i]).isFinite();
        }
        assertThat(values[1]).isGreaterThanOrEqualTo(0.99e20f);
    }
}
