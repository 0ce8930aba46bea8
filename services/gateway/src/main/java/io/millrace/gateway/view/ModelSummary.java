package io.millrace.gateway.view;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.ModelPublished;
import io.millrace.events.Score;
import java.time.Instant;
import java.util.Optional;

/**
 * The latest model of a name, in short.
 *
 * @param name name of the model
 * @param run run that produced it
 * @param task what is predicted
 * @param target header of the target column
 * @param metric what was optimised
 * @param score out-of-fold score of the ensemble
 * @param holdoutScore score on the holdout, where there is one
 * @param publishedAt when it was published
 * @param bytes size of the archive
 * @param sha256 digest of the archive
 * @param archive path of the archive on this gateway
 */
public record ModelSummary(
        String name,
        String run,
        Task task,
        String target,
        Metric metric,
        Score score,
        Optional<Score> holdoutScore,
        Instant publishedAt,
        long bytes,
        String sha256,
        String archive) {

    /** A published model in short. */
    public static ModelSummary of(ModelPublished m) {
        return new ModelSummary(
                m.name(),
                m.run(),
                m.task(),
                m.target(),
                m.metric(),
                m.score(),
                m.holdoutScore(),
                m.publishedAt(),
                m.model().bytes(),
                m.model().sha256(),
                "/models/" + m.name() + "/archive");
    }
}
