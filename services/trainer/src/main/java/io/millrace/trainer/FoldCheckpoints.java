package io.millrace.trainer;

import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.trial.FoldResult;
import io.millrace.modelling.trial.FoldStore;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.codec.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finished folds of one request as blobs, so that the worker it is given to next does not train them again. A fold that
 * took little time is not worth the writing.
 */
final class FoldCheckpoints implements FoldStore {
    private static final double NANOS = 1e9;

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
        return blobs.find(key(fold)).map(bytes -> {
            Map<String, byte[]> parts = PartsArchive.unpack(bytes);
            Progress progress = Json.read(parts.get("progress.json"), Progress.class);
            return new FoldResult(
                    fold,
                    Matrix.fromBytes(parts.get("predictions")),
                    PartsArchive.under("model/", parts),
                    progress.curve(),
                    progress.cpuSeconds(),
                    PartsArchive.under("checkpoint/", parts));
        });
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
        blobs.put(key(fold.fold()), PartsArchive.pack(parts));
    }

    /** Removes what is left of the request. */
    void clear() {
        blobs.list(prefix).forEach(blobs::delete);
    }

    private String key(int fold) {
        return prefix + "fold-" + fold + ".zip";
    }
}
