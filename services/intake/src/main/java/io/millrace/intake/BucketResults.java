package io.millrace.intake;

import io.millrace.events.BlobRef;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelPublished;
import io.millrace.events.RunFailed;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.blob.S3Bucket;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what became of a drop back into the bucket that it came by: {@code results/NAME-RUN/} with the model and what
 * belongs to it, or with the reason why there is none. A note per run tells that its drop was from here; it goes when the folder
 * is whole, so that a crash in between repeats the same puts, and an event that comes again finds no note.
 */
final class BucketResults implements EventFollower {
    /** How a run may end. */
    static final Set<EventType> ENDS =
            Set.of(EventType.MODEL_PUBLISHED, EventType.RUN_FAILED, EventType.DATASET_REJECTED);

    private static final Logger LOG = LoggerFactory.getLogger(BucketResults.class);
    private static final String RUNS = ".millrace/runs/";
    private static final int OF_RUN = 8;

    private final S3Bucket bucket;
    private final BlobStore blobs;
    private final Path scratch;

    /**
     * @param blobs where models are
     * @param scratch where a model passes through
     */
    BucketResults(S3Bucket bucket, BlobStore blobs, Path scratch) {
        this.bucket = bucket;
        this.blobs = blobs;
        this.scratch = scratch;
    }

    /** Notes a run of this bucket, before anybody can know of it. */
    void expect(String runId) {
        bucket.put(RUNS + runId, new byte[0]);
    }

    @Override
    public void on(Envelope<? extends Event> end) throws IOException {
        if (bucket.find(RUNS + end.runId()).isEmpty()) {
            return;
        }
        try {
            put(end.runId(), end.event());
        } catch (EventHandlingException e) {
            if (e.kind() == Kind.RETRYABLE) {
                throw e;
            }
            // What is gone for good does not come back by asking again.
            LOG.warn("results of run {} are gone and are not put into the bucket: {}", end.runId(), e.getMessage());
        }
        bucket.delete(RUNS + end.runId());
    }

    private void put(String run, Event end) throws IOException {
        if (end instanceof ModelPublished published) {
            String folder = folder(published.name(), run);
            copy(published.model(), folder + "model.zip");
            copy(published.leaderboardFile(), folder + "leaderboard.csv");
            if (published.holdoutPredictions().isPresent()) {
                copy(published.holdoutPredictions().get(), folder + "predictions.csv");
            }
            // Last, so that who sees it sees the others.
            bucket.put(folder + "model.published.json", Json.write(published));
        } else if (end instanceof RunFailed failed) {
            explain(folder(failed.name(), run), failed.message());
        } else if (end instanceof DatasetRejected rejected) {
            explain(folder(rejected.name(), run), rejected.message() + System.lineSeparator() + rejected.remedy());
        }
    }

    private static String folder(String name, String run) {
        return "results/" + name + "-" + run.substring(0, OF_RUN) + "/";
    }

    private void explain(String folder, String reason) {
        bucket.put(folder + "reason.txt", (reason + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }

    private void copy(BlobRef blob, String name) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "result-");
        Path file = folder.resolve("blob");
        try {
            blobs.download(blob, file);
            bucket.put(name, file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
