package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeakErrorsTest {
    private static final List<Double> PEAKS = List.of(.001, .01, .1, 1.0);

    @Test
    void aLuckyPeakAmongBadOnesIsNotTheBest() {
        assertThat(new PeakErrors(List.of(.001, .01, .1, 1.0, 10.0), List.of(1.5, .99, 1.5, 1.0, 1.0)).best())
                .isEqualTo(10);
    }

    @Test
    void aTrainingThatDivergedDoesNotHideItsNeighbour() {
        assertThat(new PeakErrors(PEAKS, List.of(3.0, 2.0, 1.0, 1e300)).best()).isEqualTo(.1);
    }

    @Test
    void regretIsInterpolatedOnLogarithmsAndGoesOnAsItEnds() {
        PeakErrors errors = new PeakErrors(PEAKS, List.of(1.4, 1.2, 1.0, 1.5));

        assertThat(errors.regret(.1)).isZero();
        assertThat(errors.regret(Math.sqrt(.001))).isCloseTo(.1, within(1e-9));
        assertThat(errors.regret(1e-6)).isCloseTo(.4, within(1e-9));
        assertThat(errors.regret(100)).isCloseTo(.5, within(1e-9));
    }
}
