package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoftThresholdTest {
    private static Parameter parameter(double rateFactor, boolean decays, float... values) {
        return new Parameter(values, new float[values.length], (float) rateFactor, decays);
    }

    @Test
    void everyWeightMovesTowardsZeroAndNoneBeyond() {
        Parameter weights = parameter(1, true, 1, -1, 0.25f, -0.25f, 0.5f, 0);
        new SoftThreshold(List.of(weights)).apply(0.5);

        assertThat(weights.values()).containsExactly(0.5f, -0.5f, 0, 0, 0, 0);
    }

    @Test
    void biasesStayAndWeightsOfALowerRateMoveLess() {
        Parameter bias = parameter(1, false, 1);
        Parameter small = parameter(0.1, true, 1);
        new SoftThreshold(List.of(bias, small)).apply(0.5);

        assertThat(bias.values()[0]).isEqualTo(1);
        assertThat(small.values()[0]).isCloseTo(0.95f, within(1e-6f));
    }

    @Test
    void whatIsNoNumberStaysNone() {
        Parameter lost = parameter(1, true, Float.NaN, Float.POSITIVE_INFINITY);
        new SoftThreshold(List.of(lost)).apply(0.5);

        assertThat(lost.values()).containsExactly(Float.NaN, Float.POSITIVE_INFINITY);
    }
}
