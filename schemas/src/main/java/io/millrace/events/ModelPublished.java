package io.millrace.events;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The run's result. The topic is compacted by name, so that the latest model of every name is always there.
 *
 * @param name name of the model, that of the data set
 * @param run run that produced it
 * @param model archive with the ensemble
 * @param task what is predicted
 * @param target header of the target column
 * @param metric what was optimised
 * @param score out-of-fold score of the ensemble
 * @param gain how much the ensemble is better than its best member, in units of the metric; positive is better
 * @param calibrationError expected calibration error on the out-of-fold rows, 0 to 1; absent for regression
 * @param holdoutScore score on the holdout, opened once; absent without one
 * @param holdoutScores every metric on the holdout
 * @param holdoutPredictions predictions on the holdout as CSV; absent without one
 * @param leaderboard every trial, best first
 * @param leaderboardFile the same as CSV
 * @param trials trials that ended
 * @param provenance where it comes from: data hash, seed, versions
 * @param submittedAt when the budget's clock started
 * @param publishedAt when the holdout was scored
 * @param signature who vouches for {@code model}; absent where the publisher has no key
 */
public record ModelPublished(
        String name,
        String run,
        BlobRef model,
        Task task,
        String target,
        Metric metric,
        Score score,
        Score gain,
        Optional<Double> calibrationError,
        Optional<Score> holdoutScore,
        Map<Metric, Double> holdoutScores,
        Optional<BlobRef> holdoutPredictions,
        List<RankedTrial> leaderboard,
        BlobRef leaderboardFile,
        int trials,
        Map<String, String> provenance,
        Instant submittedAt,
        Instant publishedAt,
        Optional<ModelSignature> signature)
        implements Event {

    public ModelPublished {
        holdoutScores = Map.copyOf(holdoutScores);
        leaderboard = List.copyOf(leaderboard);
        provenance = Map.copyOf(provenance);
    }
}
