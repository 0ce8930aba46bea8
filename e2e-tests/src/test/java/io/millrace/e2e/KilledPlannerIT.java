package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@code PlannerRecoveryBenchmark} and {@code PlannersBenchmark}. */
class KilledPlannerIT {
    @TempDir
    Path folder;

    /** Where one planner is all there is, another is started; of two that share the runs the other takes over. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anotherPlannerGoesOnWithEveryRunAndDecidesNothingTwice(int planners) throws Exception {
        PlannerRecovery.Outcome outcome = new PlannerRecovery(folder, 5, planners).killedAfter(50);
        assertThat(outcome.decisions()).isGreaterThanOrEqualTo(10);
        assertThat(outcome.twice()).isZero();
    }
}
