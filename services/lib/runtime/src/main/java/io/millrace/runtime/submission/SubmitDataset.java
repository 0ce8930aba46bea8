package io.millrace.runtime.submission;

import io.millrace.events.BlobRef;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventIds;
import io.millrace.runtime.blob.Digest;
import io.millrace.runtime.trace.TraceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Stores the bytes of a data set and makes the event that begins its run; the caller publishes it.
 *
 * <p>The run id is a UUIDv5 of the submission's identity and the sha256 of its bytes, and the event id follows from the
 * run id. Submitting once more after a crash therefore overwrites the blob with itself and repeats the event, which
 * every consumer drops.
 */
public final class SubmitDataset {
    private final BlobStore blobs;
    private final Clock clock;
    private final Path scratch;
    private final String source;

    /**
     * @param blobs where the bytes go, under {@code datasets/}
     * @param clock starts the run's budget
     * @param scratch folder for streams whose hash is not known before their end
     * @param source who submits, such as {@code /millrace/gateway}
     */
    public SubmitDataset(BlobStore blobs, Clock clock, Path scratch, String source) {
        this.blobs = blobs;
        this.clock = clock;
        this.scratch = scratch;
        this.source = source;
    }

    /** Stores a stream of any length; the stream is read to its end and not closed. */
    public Envelope<DatasetSubmitted> store(Submission submission, InputStream content) throws IOException {
        Files.createDirectories(scratch);
        Path spooled = Files.createTempFile(scratch, "dropped-", ".tmp");
        try {
            Digest digest;
            try (OutputStream out = Files.newOutputStream(spooled)) {
                digest = Digest.copy(content, out);
            }
            return store(submission, spooled, digest.sha256());
        } finally {
            Files.deleteIfExists(spooled);
        }
    }

    /**
     * Stores a file.
     *
     * @throws IOException when the file cannot be read, or when it changes meanwhile: then nothing may be published
     */
    public Envelope<DatasetSubmitted> store(Submission submission, Path file) throws IOException {
        return store(submission, file, Digest.of(file).sha256());
    }

    /** Makes the event for bytes that are in the store already. */
    public Envelope<DatasetSubmitted> stored(Submission submission, BlobRef data) {
        return envelope(submission, runId(submission, data.sha256()), data);
    }

    private Envelope<DatasetSubmitted> store(Submission submission, Path file, String sha256) throws IOException {
        String run = runId(submission, sha256);
        BlobRef data = blobs.put("datasets/" + run + "/" + submission.fileName(), file);
        if (!data.sha256().equals(sha256)) {
            throw new IOException(submission.fileName() + " changed while it was read; drop it again when it is whole");
        }
        return envelope(submission, run, data);
    }

    private Envelope<DatasetSubmitted> envelope(Submission submission, String run, BlobRef data) {
        DatasetSubmitted event = new DatasetSubmitted(
                submission.name(), submission.fileName(), data, submission.settings(), clock.instant());
        String id = EventIds.of(EventType.DATASET_SUBMITTED, run, 0);
        return new Envelope<>(
                id,
                submission.name(),
                run,
                Optional.empty(),
                Optional.of(TraceContext.begin(run, id).traceparent()),
                source,
                event.submittedAt(),
                event);
    }

    private static String runId(Submission submission, String sha256) {
        return EventIds.of(EventType.DATASET_SUBMITTED, submission.identity() + '\n' + sha256, 0);
    }
}
