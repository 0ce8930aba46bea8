package io.millrace.profiler.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.NumericStatistics;
import org.junit.jupiter.api.Test;

class NumericSummaryTest {
    @Test
    void quantilesInterpolateAndMomentsAreWeighted() {
        NumericStatistics s = NumericSummary.of(new double[] {1, 2, 10}, new long[] {2, 1, 1}); // 1 1 2 10

        assertThat(s.mean()).isEqualTo(3.5);
        assertThat(s.standardDeviation()).isCloseTo(Math.sqrt(57 / 3.0), within(1e-12));
        assertThat(s.quartile1()).isEqualTo(1);
        assertThat(s.median()).isEqualTo(1.5);
        assertThat(s.quartile3()).isEqualTo(4);
    }

    @Test
    void oneRowHasNoSpread() {
        assertThat(NumericSummary.of(new double[] {7}, new long[] {1}))
                .isEqualTo(new NumericStatistics(7, 7, 7, 0, 7, 7, 7));
    }
}
