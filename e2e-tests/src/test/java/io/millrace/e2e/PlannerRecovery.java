package io.millrace.e2e;

import io.millrace.planner.store.SearchStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Many runs deep in their search, planners that share them, and one of them that is killed. */
public final class PlannerRecovery {
    private static final Duration WORK = Duration.ofMillis(300);
    private static final int SLOTS = 16;

    private final Path folder;
    private final int runs;
    private final int planners;

    /**
     * What came of it.
     *
     * @param first from the kill to the first decision that another planner made
     * @param everyRun from the kill until every run had been decided on again
     * @param decisions decisions seen, before and after
     * @param twice inputs that were decided on twice, and decisions that were published in two versions
     */
    public record Outcome(Duration first, Duration everyRun, long decisions, long twice) {}

    /**
     * @param folder for broker, database and the planners' scratch
     * @param planners how many there are before the kill; where it is one, another is started at once, as a supervisor does
     */
    public PlannerRecovery(Path folder, int runs, int planners) {
        this.folder = folder;
        this.runs = runs;
        this.planners = planners;
    }

    /**
     * Fills the planners' memory, lets them go on from there and kills one.
     *
     * @param trials trials that each run has behind it
     */
    public Outcome killedAfter(int trials) throws Exception {
        try (PlannerFleet fleet = new PlannerFleet(folder, WORK, SLOTS)) {
            try (SearchStore memory = fleet.memory()) {
                for (int run = 0; run < runs; run++) {
                    GrownSearch.of(run, trials).store(memory);
                }
            }
            for (int planner = 0; planner < planners; planner++) {
                fleet.add();
            }
            DecisionLog decisions = fleet.decisions();
            fleet.await(
                    "decisions on every run by every planner",
                    () -> decisions.runsSince(Instant.EPOCH) == runs && fleet.allTakePart());
            Instant killed = fleet.kill();
            if (planners == 1) {
                fleet.add();
            }
            fleet.await("a decision", () -> decisions.runsSince(killed) > 0);
            Duration first = Duration.between(killed, Instant.now());
            fleet.await("decisions on every run", () -> decisions.runsSince(killed) == runs);
            Duration all = Duration.between(killed, Instant.now());
            return new Outcome(first, all, decisions.count(), decisions.twice());
        }
    }
}
