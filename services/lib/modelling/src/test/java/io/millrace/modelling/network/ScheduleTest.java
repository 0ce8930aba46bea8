package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.RateSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
    private static final LearningRateRange RANGE = new LearningRateRange(0.1, 1);

    private static Schedule schedule(RateSchedule course) {
        return Schedule.of(course, RANGE, 1000);
    }

    @ParameterizedTest
    @EnumSource(RateSchedule.class)
    void noScheduleLeavesTheRangeUpwardsAndEachReachesItsTop(RateSchedule course) {
        double most = 0;
        for (int step = 0; step < 1000; step++) {
            double rate = schedule(course).at(step);
            assertThat(rate).isBetween(0.0, 1.0);
            most = Math.max(most, rate);
        }
        assertThat(most).isCloseTo(1, within(1e-3));
    }

    @Test
    void aTriangleRisesFromTheBaseToTheMaximumFourTimes() {
        Schedule triangular = schedule(RateSchedule.TRIANGULAR);

        for (int cycle = 0; cycle < 4; cycle++) {
            assertThat(triangular.at(cycle * 250)).isCloseTo(0.1, within(1e-9));
            assertThat(triangular.at(cycle * 250 + 125)).isCloseTo(1, within(1e-9));
        }
        assertThat(triangular.at(63)).isCloseTo(0.1 + 0.9 * 63 / 125, within(1e-9));
    }

    @Test
    void warmRestartsFallThreeTimesEachTwiceAsLong() {
        Schedule restarts = Schedule.of(RateSchedule.WARM_RESTARTS, RANGE, 700);

        assertThat(restarts.at(0)).isEqualTo(1);
        assertThat(restarts.at(99)).isLessThan(0.001);
        assertThat(restarts.at(100)).isEqualTo(1);
        assertThat(restarts.at(200)).isCloseTo(0.5, within(1e-9));
        assertThat(restarts.at(300)).isEqualTo(1);
        assertThat(restarts.at(699)).isLessThan(0.001);
    }

    @Test
    void stepsDivideByTenTwice() {
        Schedule steps = schedule(RateSchedule.STEP);

        assertThat(steps.at(599)).isEqualTo(1);
        assertThat(steps.at(600)).isEqualTo(0.1);
        assertThat(steps.at(850)).isEqualTo(0.01);
    }

    @Test
    void flatCosineStaysAndThenFallsToNothing() {
        Schedule flat = schedule(RateSchedule.FLAT_COSINE);

        assertThat(flat.at(499)).isEqualTo(1);
        assertThat(flat.at(750)).isCloseTo(0.5, within(1e-9));
        assertThat(flat.at(999)).isLessThan(1e-4);
    }

    @Test
    void coslog4HasFourWavesEachTwiceAsLong() {
        Schedule waves = Schedule.of(RateSchedule.COSLOG4, RANGE, 1500);

        for (int end : new int[] {100, 300, 700, 1500}) {
            assertThat(waves.at(end)).isCloseTo(0, within(1e-9));
        }
    }
}
