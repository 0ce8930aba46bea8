package io.millrace.trainer;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.events.BlobRef;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialRequested;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.trial.TrialResult;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.blob.ContentNamed;
import io.millrace.runtime.codec.Json;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the results of trials lie: predictions, fold models, learning curves and checkpoints, each named by its content. */
final class TrialBlobs {
    private static final Logger LOG = LoggerFactory.getLogger(TrialBlobs.class);

    private final BlobStore blobs;

    TrialBlobs(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Stores a result under {@code runs/RUN/trials/TRIAL/}. */
    TrialArtifacts store(String runId, TrialRequested request, TrialResult result) {
        String prefix = "runs/" + runId + "/trials/" + request.trial() + "/" + request.rung() + "-";
        ContentNamed named = new ContentNamed(blobs);
        return new TrialArtifacts(
                named.put(prefix + "predictions-", result.predictions().toBytes(), ".mrm"),
                named.put(prefix + "model-", PartsArchive.pack(result.models()), ".zip"),
                named.put(prefix + "curves-", Json.write(result.curves()), ".json"),
                result.folds(),
                Optional.of(result.checkpoint())
                        .filter(parts -> !parts.isEmpty())
                        .map(parts -> named.put(prefix + "checkpoint-", PartsArchive.pack(parts), ".zip")));
    }

    /** Reads the result of the rung below; a checkpoint that is gone or damaged costs time and nothing else. */
    TrialResult read(TrialArtifacts artifacts) {
        Map<Integer, LearningCurve> curves =
                Json.read(blobs.read(artifacts.curves()), new TypeReference<Map<Integer, LearningCurve>>() {});
        return new TrialResult(
                Matrix.fromBytes(blobs.read(artifacts.predictions())),
                PartsArchive.unpack(blobs.read(artifacts.model())),
                curves,
                false,
                0,
                artifacts.checkpoint().map(this::checkpoint).orElse(Map.of()));
    }

    private Map<String, byte[]> checkpoint(BlobRef ref) {
        try {
            return PartsArchive.unpack(blobs.read(ref));
        } catch (EventHandlingException e) {
            if (e.kind() != EventHandlingException.Kind.POISON) {
                throw e;
            }
            LOG.warn("the checkpoint {} is gone, so the training begins again: {}", ref.uri(), e.getMessage());
            return Map.of();
        }
    }
}
