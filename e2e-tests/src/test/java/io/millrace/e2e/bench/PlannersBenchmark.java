package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.PlannerFleet;
import io.millrace.e2e.PlannerFleet.ProcessorTime;
import io.millrace.e2e.PlannerRecovery;
import io.millrace.e2e.PlannerRecovery.Outcome;
import io.millrace.e2e.ProfiledRuns;
import io.millrace.events.RunSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several planner processes on one broker and one database: how many decisions they make when trials take no time, what
 * each decision costs whom, and what becomes of the runs of one that is killed.
 */
class PlannersBenchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 30));
    private static final Duration SPAN = Duration.ofSeconds(Integer.getInteger("bench.span", 30));
    /** Four trials of each wait or run, so that no planner is ever without work. */
    private static final int RUNS = 32;

    private static final int SLOTS = 32;
    private static final int DEEP_RUNS = Integer.getInteger("bench.runs", 100);
    private static final int TRIALS = Integer.getInteger("bench.trials", 1000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void plannersShareTheRuns(int planners) throws Exception {
        try (PlannerFleet fleet = new PlannerFleet(folder, Duration.ZERO, SLOTS)) {
            for (int planner = 0; planner < planners; planner++) {
                fleet.add();
            }
            for (int run = 0; run < RUNS; run++) {
                fleet.bus().publish(List.of(ProfiledRuns.begin(run, RunSettings.ofBudget(Duration.ofHours(10)))));
            }
            fleet.await("decisions by every planner", fleet::allTakePart);
            LockSupport.parkNanos(WARM_UP.toNanos());
            long decisions = fleet.decisions().count();
            ProcessorTime before = fleet.processorTime();
            LockSupport.parkNanos(SPAN.toNanos());
            decisions = fleet.decisions().count() - decisions;
            ProcessorTime spent = fleet.processorTime().since(before);
            System.out.printf(
                    "%d planners: %.1f decisions/s; processor time per decision: planners %.1f ms, database %.1f ms,"
                            + " broker and stand-ins %.1f ms; %d twice, load %.1f%n",
                    planners,
                    (double) decisions / SPAN.toSeconds(),
                    perDecision(spent.planners(), decisions),
                    perDecision(spent.database(), decisions),
                    perDecision(spent.others(), decisions),
                    fleet.decisions().twice(),
                    load());
            assertThat(fleet.decisions().twice()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theOthersTakeOver(int planners) throws Exception {
        Outcome outcome = new PlannerRecovery(folder, DEEP_RUNS, planners).killedAfter(TRIALS);
        System.out.printf(
                "one of %d planners killed at %d runs x %d trials: %.1f s to a decision, %.1f s to one on every run;"
                        + " %d decisions, %d twice, load %.1f%n",
                planners,
                DEEP_RUNS,
                TRIALS,
                outcome.first().toMillis() / 1000.0,
                outcome.everyRun().toMillis() / 1000.0,
                outcome.decisions(),
                outcome.twice(),
                load());
        assertThat(outcome.twice()).isZero();
    }

    private static double perDecision(Duration spent, long decisions) {
        return (double) spent.toMillis() / decisions;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
