package io.millrace.events;

import io.millrace.dataset.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The planner hands out no more work.
 *
 * @param name name of the data set
 * @param table typed table
 * @param profile profile of the table
 * @param metric what is optimised
 * @param candidates trials that the ensemble may use, best first, 25 at most, with at least one fold in common
 * @param leaderboard every trial that was scored, best first, 100 at most
 * @param trials trials that ended, failed ones included
 * @param reason why the search ended, as a sentence
 * @param seed seed of the run
 * @param submittedAt when the budget's clock started
 * @param deadline when the model should be published; absent when the run counts trials
 */
public record SearchCompleted(
        String name,
        BlobRef table,
        BlobRef profile,
        Metric metric,
        List<Candidate> candidates,
        List<RankedTrial> leaderboard,
        int trials,
        String reason,
        long seed,
        Instant submittedAt,
        Optional<Instant> deadline)
        implements Event {

    /** A trial that the ensemble may use. */
    public record Candidate(String trial, TrialArtifacts artifacts) {}

    public SearchCompleted {
        candidates = List.copyOf(candidates);
        leaderboard = List.copyOf(leaderboard);
    }
}
