package io.millrace.modelling.rangetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SweepWatchTest {
    @Test
    void theAverageOfEqualLossesIsThatLossFromTheFirstOn() {
        SweepWatch watch = new SweepWatch(() -> false);
        for (int i = 0; i < 5; i++) {
            assertThat(watch.test(0.7)).isTrue();
        }

        assertThat(watch.smoothed()).allSatisfy(l -> assertThat(l).isCloseTo(0.7, within(1e-12)));
        assertThat(watch.stoppedBy()).isEqualTo("completed");
    }

    @Test
    void aLossFourTimesTheBestEndsTheSweep() {
        SweepWatch watch = new SweepWatch(() -> false);
        watch.test(1);

        assertThat(watch.test(2)).isTrue();
        assertThat(watch.test(100)).isFalse();
        assertThat(watch.stoppedBy()).isEqualTo("diverged");
    }

    @Test
    void aLossThatIsNoNumberEndsTheSweep() {
        SweepWatch watch = new SweepWatch(() -> false);

        assertThat(watch.test(Double.NaN)).isFalse();
        assertThat(watch.stoppedBy()).isEqualTo("diverged");
    }

    @Test
    void theDeadlineEndsTheSweep() {
        SweepWatch watch = new SweepWatch(() -> true);

        assertThat(watch.test(1)).isFalse();
        assertThat(watch.stoppedBy()).isEqualTo("deadline");
    }
}
