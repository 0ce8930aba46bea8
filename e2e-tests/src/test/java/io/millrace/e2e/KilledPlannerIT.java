package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.SearchCompleted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@code PlannerRecoveryBenchmark} and {@code PlannersBenchmark}, and a planner that is killed at the worst moments. */
class KilledPlannerIT {
    /** Rows of which a first look sees one fold, so that there is something to promote to. */
    private static final long ROWS = 20_000;

    private static final int TRIALS = 20;

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

    @Test
    void aRunWhosePlannerIsKilledAmidACureAndAmidAPromotionIsTheSameAsOneThatIsLeftAlone() throws Exception {
        HeldTrials trials = new HeldTrials();
        try (PlannerFleet fleet = new PlannerFleet(folder, 2, trials)) {
            Map<String, Map<String, Event>> told = new ConcurrentHashMap<>();
            fleet.bus()
                    .watch(
                            Set.of(
                                    EventType.TRIAL_REQUESTED,
                                    EventType.INTERVENTION_ASSESSED,
                                    EventType.SEARCH_COMPLETED),
                            e -> told.computeIfAbsent(e.runId(), run -> new ConcurrentHashMap<>())
                                    .put(e.type() + " " + e.subject(), e.event()));
            fleet.add();
            DatasetProfiled dataset = ProfiledRuns.dataset(ProfiledRuns.ofTrials(TRIALS, 7), ROWS);
            fleet.bus().publish(List.of(ProfiledRuns.begin(0, dataset)));
            fleet.await("the end", () -> isOver(told, "run-0"));
            Map<String, Event> undisturbed = told.get("run-0");

            trials.hold();
            fleet.bus().publish(List.of(ProfiledRuns.begin(1, dataset)));
            for (int kill = 0; kill < 2; kill++) {
                fleet.await("a cure or a promotion", trials::isHeld);
                fleet.kill();
                fleet.add();
                trials.letGo();
            }
            fleet.await("the end", () -> isOver(told, "run-1"));

            fleet.await(
                    "all that was told of the other run",
                    () -> told.get("run-1").keySet().containsAll(undisturbed.keySet()));
            assertThat(undisturbed.values()).anyMatch(InterventionAssessed.class::isInstance);
            assertThat(told.get("run-1")).isEqualTo(undisturbed);
            assertThat(fleet.decisions().twice()).isZero();
        }
    }

    private static boolean isOver(Map<String, Map<String, Event>> told, String run) {
        return told.getOrDefault(run, Map.of()).values().stream().anyMatch(SearchCompleted.class::isInstance);
    }
}
