package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientClipTest {
    private final Parameter first = new Parameter(new float[5], new float[] {1, 2, 3, 1, 1}, 1, true);
    private final Parameter second = new Parameter(new float[1], new float[] {3}, 1, true);
    private final List<Parameter> all = List.of(first, second);

    @Test
    void aLongGradientKeepsItsDirectionAcrossAllParameters() {
        new GradientClip(all, 1).apply();

        assertThat(first.gradient()[2]).isCloseTo(0.6f, within(1e-6f));
        assertThat(first.gradient()[0]).isCloseTo(0.2f, within(1e-6f));
        assertThat(second.gradient()[0]).isCloseTo(0.6f, within(1e-6f));
    }

    @Test
    void aShortGradientStaysAsItIs() {
        new GradientClip(all, 5.1).apply();
        new GradientClip(all, Double.POSITIVE_INFINITY).apply();

        assertThat(first.gradient()).containsExactly(1, 2, 3, 1, 1);
        assertThat(second.gradient()).containsExactly(3);
    }
}
