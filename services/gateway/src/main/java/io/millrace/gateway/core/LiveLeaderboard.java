package io.millrace.gateway.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.events.RankedTrial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ranks the trials of a run that is under way as the planner ranks them at its end: a score on more folds stands before any on
 * fewer, of those on as many the trials that paused stand last, then the optimised metric decides and then the earlier
 * trial. Trials without a finite score are left out: they are listed with the run's progress instead.
 */
public final class LiveLeaderboard {
    private static final Comparator<TrialState> BEST_FIRST = Comparator.comparing(
                    TrialState::scoredFolds, Comparator.reverseOrder())
            .thenComparing(t -> t.evaluation().filter(Evaluation::paused).isPresent())
            .thenComparing(t -> t.error().orElseThrow())
            .thenComparing(TrialState::number);

    private LiveLeaderboard() {}

    /** The ranking as of now; weights are 0 because no ensemble is chosen yet. */
    public static List<RankedTrial> of(List<TrialState> trials) {
        List<TrialState> scored = trials.stream()
                .filter(t -> t.error().filter(Double::isFinite).isPresent())
                .sorted(BEST_FIRST)
                .toList();
        List<RankedTrial> ranked = new ArrayList<>(scored.size());
        for (TrialState t : scored) {
            Evaluation e = t.evaluation().orElseThrow();
            ranked.add(new RankedTrial(
                    ranked.size() + 1,
                    t.trial(),
                    t.family().orElse(""),
                    e.score(),
                    t.scoredFolds(),
                    t.learningRate().map(LearningRateRange::max).orElse(0.0),
                    t.trainSeconds(),
                    e.diagnosis().verdict(),
                    0,
                    t.cause(),
                    Optional.of(t.cpuSeconds()),
                    e.stoppedBy()));
        }
        return List.copyOf(ranked);
    }
}
