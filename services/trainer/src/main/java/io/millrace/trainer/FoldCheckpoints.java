package io.millrace.trainer;

import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.score.StepPredictions;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.trial.BegunFold;
import io.millrace.modelling.trial.FoldResult;
import io.millrace.modelling.trial.FoldStore;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.blob.Digest;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds of one request as blobs, so that the worker it is given to next does not train them again: the finished ones, and from time
 * to time the state of the one under way. A fold that took little time is not worth the writing, and one whose blob is damaged
 * or of another release is trained again.
 *
 * <p>The state of a fold has one key. Whoever writes there last, be it a worker that has lost its lease in between, leaves a state that
 * leads to the same result.
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
    private final TrainerConfig config;
    private long latest = System.nanoTime(); // a clock may be set

    /** What a checkpoint holds beside predictions and model. */
    record Progress(LearningCurve curve, double cpuSeconds) {}

    /** What a fold under way holds beside its state. */
    record Begun(double cpuSeconds) {}

    FoldCheckpoints(BlobStore blobs, String runId, String eventId, TrainerConfig config) {
        this.blobs = blobs;
        this.prefix = "runs/" + runId + "/checkpoints/" + eventId + "/";
        this.config = config;
    }

    @Override
    public Optional<FoldResult> find(int fold) {
        return read(key(fold), parts -> finished(fold, parts));
    }

    @Override
    public Optional<BegunFold> findBegun(int fold) {
        Optional<BegunFold> found = read(begunKey(fold), parts -> begun(fold, parts));
        found.ifPresent(begun -> LOG.info("{} goes on after {} s", begunKey(fold), begun.cpuSeconds()));
        return found;
    }

    private <T> Optional<T> read(String key, Function<Map<String, byte[]>, T> reader) {
        return blobs.find(key).flatMap(bytes -> {
            try {
                return Optional.of(reader.apply(unsealed(bytes)));
            } catch (IllegalArgumentException | DecodingException e) {
                LOG.warn("the checkpoint {} cannot be used, so its fold is trained again: {}", key, e.getMessage());
                return Optional.empty();
            }
        });
    }

    private static Map<String, byte[]> unsealed(byte[] bytes) {
        byte[] archive = Arrays.copyOf(bytes, Math.max(0, bytes.length - HASH_LENGTH));
        if (!Arrays.equals(bytes, sealed(archive))) {
            throw new IllegalArgumentException("its content is not what was written");
        }
        return PartsArchive.unpack(archive);
    }

    private static BegunFold begun(int fold, Map<String, byte[]> parts) {
        Begun begun = Json.read(parts.get("progress.json"), Begun.class);
        return new BegunFold(fold, PartsArchive.under("state/", parts), begun.cpuSeconds());
    }

    private static FoldResult finished(int fold, Map<String, byte[]> parts) {
        Progress progress = Json.read(parts.get("progress.json"), Progress.class);
        Matrix predictions = Matrix.fromBytes(parts.get("predictions"));
        return new FoldResult(
                fold,
                predictions,
                Optional.ofNullable(parts.get("steps"))
                        .map(steps -> StepPredictions.ended(predictions.rows(), Matrix.fromBytes(steps))),
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
        if (isWorthNothing(fold.cpuSeconds())) {
            return;
        }
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("progress.json", Json.write(new Progress(fold.curve(), fold.cpuSeconds())));
        parts.put("predictions", fold.predictions().toBytes());
        fold.steps().ifPresent(steps -> parts.put("steps", steps.toMatrix().toBytes()));
        fold.model().forEach((name, content) -> parts.put("model/" + name, content));
        fold.checkpoint().forEach((name, content) -> parts.put("checkpoint/" + name, content));
        blobs.put(key(fold.fold()), sealed(PartsArchive.pack(parts)));
        latest = System.nanoTime();
    }

    private boolean isWorthNothing(double cpuSeconds) {
        return cpuSeconds < config.checkpointAfter().toNanos() / NANOS;
    }

    @Override
    public boolean wantsBegun() {
        return System.nanoTime() - latest >= config.checkpointEvery().toNanos();
    }

    @Override
    public void keep(BegunFold fold) {
        if (!isWorthNothing(fold.cpuSeconds())) {
            write(fold);
        }
        latest = System.nanoTime();
    }

    /** A store that is away must not cost what is under way. */
    private void write(BegunFold fold) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("progress.json", Json.write(new Begun(fold.cpuSeconds())));
        fold.state().forEach((name, content) -> parts.put("state/" + name, content));
        String key = begunKey(fold.fold());
        try {
            blobs.put(key, sealed(PartsArchive.pack(parts)));
        } catch (EventHandlingException e) {
            LOG.warn("{} cannot be kept: {}", key, e.getMessage());
        }
    }

    /** Whether no worker has left anything of the request. */
    boolean isEmpty() {
        return blobs.list(prefix).isEmpty();
    }

    /** Removes what is left of the request. */
    void clear() {
        blobs.list(prefix).forEach(blobs::delete);
    }

    private String key(int fold) {
        return prefix + "fold-" + fold + ".zip";
    }

    private String begunKey(int fold) {
        return prefix + "fold-" + fold + "-begun.zip";
    }
}
