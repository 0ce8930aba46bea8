package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.PlannerRecovery;
import io.millrace.e2e.PlannerRecovery.Outcome;
import io.millrace.e2e.ProfiledRuns;
import io.millrace.e2e.StandIns;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import io.millrace.planner.core.Search;
import io.millrace.planner.core.SearchState;
import io.millrace.planner.store.Commit;
import io.millrace.planner.store.Input;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run costs the planner as it grows, and how soon a killed planner is replaced at 100 runs of 1,000 trials. */
class PlannerRecoveryBenchmark {
    private static final SearchPolicy POLICY =
            new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.DIAGNOSIS, Map.of());
    private static final int RUNS = 100;
    private static final int TRIALS = 1000;
    private static final int SPAN = 50;

    @TempDir
    Path folder;

    @Test
    void anotherPlannerIsBackSoon() throws Exception {
        Outcome outcome = new PlannerRecovery(folder, RUNS, 1).killedAfter(TRIALS);
        System.out.printf(
                "%d runs x %d trials: %.1f s from the kill to a decision, %.1f s to one on every run;"
                        + " %d decisions, %d twice, load %.1f%n",
                RUNS,
                TRIALS,
                outcome.first().toMillis() / 1000.0,
                outcome.everyRun().toMillis() / 1000.0,
                outcome.decisions(),
                outcome.twice(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        assertThat(outcome.twice()).isZero();
    }

    /** Processor time of this thread, which load does not change: reading, deciding and writing; the server's own is not in it. */
    @Test
    void anEventCostsAsMuchLateInARunAsEarly() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
                SearchStore store =
                        SearchStore.open(new DatabaseConfig(database.url(), database.user(), database.password()))) {
            DatasetProfiled dataset = ProfiledRuns.dataset(ProfiledRuns.ofTrials(2 * TRIALS, 1));
            Deque<Event> open = new ArrayDeque<>();
            SearchState state = take(
                    open,
                    store.decide(input(0), none -> Optional.of(Search.begin(dataset, POLICY, Instant.now())))
                            .orElseThrow());
            long since = cpu();
            for (int event = 1, counted = 1; state.ended() < TRIALS; event++, counted++) {
                Event answer = StandIns.answer(open.remove(), 1);
                Optional<Commit> commit = store.decide(
                        input(event), known -> Optional.of(Search.on(known.orElseThrow(), answer, Instant.now())));
                if (commit.isPresent()) {
                    state = take(open, commit.get());
                    store.published(commit.get().outbox());
                }
                if (event % SPAN == 0) {
                    System.out.printf(
                            "after %4d trials: %.2f ms of processor time per event, state of %,d bytes%n",
                            state.ended(), (cpu() - since) / 1e6 / counted, Json.write(state).length);
                    counted = 0;
                    since = cpu();
                }
            }
        }
    }

    private static SearchState take(Deque<Event> open, Commit commit) {
        for (Envelope<? extends Event> e : commit.outbox()) {
            if (e.event() instanceof TrialRequested || e.event() instanceof RangeTestRequested) {
                open.add(e.event());
            }
        }
        return commit.state();
    }

    private static Input input(int event) {
        return new Input("run", Optional.of("event-" + event), Optional.empty(), Instant.now());
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
