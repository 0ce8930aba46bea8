package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OneCycleTest {
    private final OneCycle schedule = new OneCycle(0.5, 1001);

    @Test
    void itStartsAtATwentyFifthPeaksAfterThirtyPercentAndEndsNearZero() {
        assertThat(schedule.at(0)).isCloseTo(0.02, within(1e-9));
        assertThat(schedule.at(300)).isCloseTo(0.5, within(1e-9));
        assertThat(schedule.at(1000)).isCloseTo(0.5e-4, within(1e-9));
    }

    @Test
    void itIsHalfwayAtTheMiddleOfEitherSide() {
        assertThat(schedule.at(150)).isCloseTo((0.02 + 0.5) / 2, within(1e-9));
        assertThat(schedule.at(650)).isCloseTo((0.5 + 0.5e-4) / 2, within(1e-9));
    }

    @Test
    void aSingleStepAndStepsBeyondTheEndHaveARate() {
        assertThat(new OneCycle(0.5, 1).at(0)).isPositive();
        assertThat(schedule.at(5000)).isCloseTo(0.5e-4, within(1e-9));
    }
}
