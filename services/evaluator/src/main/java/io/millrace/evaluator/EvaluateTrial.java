package io.millrace.evaluator;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.evaluator.core.Evaluation;
import io.millrace.events.FailureKind;
import io.millrace.events.ProgressCurve;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.table.Matrix;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.Work;
import io.millrace.runtime.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores and diagnoses a trial's rung on its out-of-fold predictions. */
final class EvaluateTrial implements EventHandler<TrialTrained> {
    private final BlobStore blobs;
    private final StoredTruths truths;
    private final EvaluatorMetrics metrics;

    EvaluateTrial(BlobStore blobs, StoredTruths truths, EvaluatorMetrics metrics) {
        this.blobs = blobs;
        this.truths = truths;
        this.metrics = metrics;
    }

    @Override
    public List<Emission> handle(Envelope<TrialTrained> input, Work work) {
        TrialTrained trained = input.event();
        TrialRequested request = trained.request();
        Truth truth = truths.of(request.table(), request.profile());
        Matrix predictions = Matrix.fromBytes(blobs.read(trained.artifacts().predictions()));
        Map<Integer, LearningCurve> curves = Json.read(
                blobs.read(trained.artifacts().curves()), new TypeReference<Map<Integer, LearningCurve>>() {});
        Evaluation evaluation;
        try {
            evaluation = Evaluation.of(
                    truth,
                    predictions,
                    trained.artifacts().folds(),
                    curves.values(),
                    request.configuration(),
                    request.metric(),
                    request.yardstick(),
                    request.dataCurve(),
                    request.seed());
        } catch (IllegalArgumentException e) {
            metrics.unscorable();
            return List.of(new Emission(
                    input.subject(),
                    new TrialFailed(
                            request.trial(), request.number(), request.rung(), FailureKind.BUG, e.getMessage())));
        }
        metrics.evaluated(
                request.configuration().family(), evaluation.diagnosis().verdict());
        int first = trained.artifacts().folds().get(0);
        Optional<ProgressCurve> progress =
                Optional.ofNullable(curves.get(first)).flatMap(curve -> curve.progress(request.configuration(), first));
        return List.of(new Emission(input.subject(), evaluated(trained, evaluation, progress)));
    }

    private static TrialEvaluated evaluated(
            TrialTrained trained, Evaluation evaluation, Optional<ProgressCurve> progress) {
        TrialRequested request = trained.request();
        return new TrialEvaluated(
                request.trial(),
                request.number(),
                request.rung(),
                request.configuration(),
                request.learningRate(),
                trained.artifacts(),
                trained.complete(),
                request.metric(),
                evaluation.score(),
                evaluation.scores(),
                evaluation.diagnosis(),
                trained.cpuSeconds(),
                trained.wallSeconds(),
                evaluation.stoppedBy(),
                progress);
    }
}
