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
import io.millrace.runtime.codec.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Where the results of trials lie: predictions, fold models and learning curves, each named by its content. */
final class TrialBlobs {
    private static final int SHORT_DIGEST = 12;

    private final BlobStore blobs;

    TrialBlobs(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Stores a result under {@code runs/RUN/trials/TRIAL/}. */
    TrialArtifacts store(String runId, TrialRequested request, TrialResult result) {
        String prefix = "runs/" + runId + "/trials/" + request.trial() + "/" + request.rung() + "-";
        return new TrialArtifacts(
                put(prefix + "predictions-", result.predictions().toBytes(), ".mrm"),
                put(prefix + "model-", PartsArchive.pack(result.models()), ".zip"),
                put(prefix + "curves-", Json.write(result.curves()), ".json"),
                result.folds());
    }

    private BlobRef put(String prefix, byte[] content, String suffix) {
        return blobs.put(prefix + digest(content) + suffix, content);
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

    private static String digest(byte[] content) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(sha256).substring(0, SHORT_DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
