package io.millrace.trainer;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialRequested;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.trial.TrialResult;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.blob.ContentNamed;
import io.millrace.runtime.codec.Json;
import java.util.Map;

/** Where the results of trials lie: predictions, fold models and learning curves, each named by its content. */
final class TrialBlobs {
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
                result.folds());
    }

    /** Reads the result of the rung below. */
    TrialResult read(TrialArtifacts artifacts) {
        Map<Integer, LearningCurve> curves =
                Json.read(blobs.read(artifacts.curves()), new TypeReference<Map<Integer, LearningCurve>>() {});
        return new TrialResult(
                Matrix.fromBytes(blobs.read(artifacts.predictions())),
                PartsArchive.unpack(blobs.read(artifacts.model())),
                curves,
                false,
                0);
    }
}
