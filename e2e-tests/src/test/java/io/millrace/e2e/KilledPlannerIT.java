package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code PlannerRecoveryBenchmark}. */
class KilledPlannerIT {
    @TempDir
    Path folder;

    @Test
    void anotherPlannerGoesOnWithEveryRunAndDecidesNothingTwice() throws Exception {
        PlannerRecovery.Outcome outcome = new PlannerRecovery(folder, 5).killedAfter(50);
        assertThat(outcome.decisions()).isGreaterThanOrEqualTo(10);
        assertThat(outcome.twice()).isZero();
    }
}
