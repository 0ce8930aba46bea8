package io.millrace.trainer;

import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.trial.FoldResult;
import io.millrace.modelling.trial.FoldStore;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.blob.Digest;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished folds of one request as blobs, so that the worker it is given to next does not train them again. A fold that
 * took little time is not worth the writing, and one whose blob is damaged or of another release is trained again.
 *
 * <p>A blob is an archive of parts with its SHA-256 in hex behind it: nobody but this class refers to it, so that no event can tell
 * what its content should be.
 */
final class FoldCheckpoints implements FoldStore {
    private static final Logger LOG = LoggerFactory.getLogger(FoldCheckpoints.class);
    private static final double NANOS = 1e9;
    private static final int HASH_LENGTH = 64;

    private final BlobStore blobs;
    private final String prefix;
    private final Duration worthAfter;

    /** What a checkpoint holds beside predictions and model. */
    record Progress(LearningCurve curve, double cpuSeconds) {}

    FoldCheckpoints(BlobStore blobs, String runId, String eventId, Duration worthAfter) {
        this.blobs = blobs;
        this.prefix = "runs/" + runId + "/checkpoints/" + eventId + "/";
        this.worthAfter = worthAfter;
    }

    @Override
    public Optional<FoldResult> find(int fold) {
        return blobs.find(key(fold)).flatMap(bytes -> {
            try {
                return Optional.of(unpacked(fold, bytes));
            } catch (IllegalArgumentException | DecodingException e) {
                LOG.warn(
                        "the checkpoint {} cannot be used, so its fold is trained again: {}",
                        key(fold),
                        e.getMessage());
                return Optional.empty();
            }
        });
    }

    private static FoldResult unpacked(int fold, byte[] bytes) {
        byte[] archive = Arrays.copyOf(bytes, Math.max(0, bytes.length - HASH_LENGTH));
        if (!Arrays.equals(bytes, sealed(archive))) {
            throw new IllegalArgumentException("its content is not what was written");
        }
        Map<String, byte[]> parts = PartsArchive.unpack(archive);
        Progress progress = Json.read(parts.get("progress.json"), Progress.class);
        return new FoldResult(
                fold,
                Matrix.fromBytes(parts.get("predictions")),
                PartsArchive.under("model/", parts),
                progress.curve(),
                progress.cpuSeconds(),
                PartsArchive.under("checkpoint/", parts));
    }

    private static byte[] sealed(byte[] archive) {
        byte[] hash = Digest.of(archive).sha256().getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = Arrays.copyOf(archive, archive.length + HASH_LENGTH);
        System.arraycopy(hash, 0, sealed, archive.length, HASH_LENGTH);
        return sealed;
    }

    @Override
    public void keep(FoldResult fold) {
        if (fold.cpuSeconds() < worthAfter.toNanos() / NANOS) {
            return;
        }
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("progress.json", Json.write(new Progress(fold.curve(), fold.cpuSeconds())));
        parts.put("predictions", fold.predictions().toBytes());
        fold.model().forEach((name, content) -> parts.put("model/" + name, content));
        fold.checkpoint().forEach((name, content) -> parts.put("checkpoint/" + name, content));
        blobs.put(key(fold.fold()), sealed(PartsArchive.pack(parts)));
    }

    /** Removes what is left of the request. */
    void clear() {
        blobs.list(prefix).forEach(blobs::delete);
    }

    private String key(int fold) {
        return prefix + "fold-" + fold + ".zip";
    }
}
