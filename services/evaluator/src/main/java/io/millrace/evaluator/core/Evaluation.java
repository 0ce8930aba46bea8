package io.millrace.evaluator.core;

import io.millrace.configuration.Configuration;
import io.millrace.dataset.Metric;
import io.millrace.events.DataCurve;
import io.millrace.events.Diagnosis;
import io.millrace.events.Score;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.diagnosis.DiagnoseTrial;
import io.millrace.modelling.diagnosis.TrialEvidence;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.score.Bootstrap;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trial is worth on the rows of its trained folds.
 *
 * @param score optimised metric with its interval
 * @param scores every metric that fits the task and is defined on these rows
 * @param diagnosis which problem the trial has
 * @param stoppedBy why training ended, the worst of the folds; absent without a learning curve
 */
public record Evaluation(Score score, Map<Metric, Double> scores, Diagnosis diagnosis, Optional<String> stoppedBy) {
    /** Why a training may end, worst last. */
    private static final List<String> STOPS =
            Arrays.stream(TrainingEnd.values()).map(TrainingEnd::wireName).toList();

    /**
     * Scores and diagnoses.
     *
     * @param predictions for every row of the table, those of other folds being ignored
     * @param folds trained folds
     * @param curves learning curves of these folds
     * @param configuration of the trial; says what losses its curves tell
     * @param yardstick best score of the run before this trial, in units of the metric; absent for the first ones
     * @param dataCurve scores by numbers of training rows; absent where nobody asked
     * @throws IllegalArgumentException when a row of these folds has no finite prediction, or the metric is undefined
     */
    public static Evaluation of(
            Truth truth,
            Matrix predictions,
            List<Integer> folds,
            Collection<LearningCurve> curves,
            Configuration configuration,
            Metric metric,
            Optional<Double> yardstick,
            Optional<DataCurve> dataCurve,
            long seed) {
        OutOfFold rows = OutOfFold.of(truth, predictions, folds);
        Score score = Bootstrap.interval(metric, rows.target(), rows.predictions(), seed);
        if (!Double.isFinite(score.value()) || !Double.isFinite(score.low()) || !Double.isFinite(score.high())) {
            throw new IllegalArgumentException(metric.wireName() + " is undefined on the " + rows.rows().length
                    + " rows of folds " + folds + ": choose fewer folds or another metric");
        }
        List<Double> foldScores = folds.stream()
                .map(rows::fold)
                .map(f -> Scoring.score(metric, f.target(), f.predictions()))
                .filter(Double::isFinite)
                .toList();
        // a score says nothing of Huber or pinball losses
        boolean comparable = truth.profile().task().isClassification() || TrialEvidence.isSquared(configuration);
        TrialEvidence evidence = new TrialEvidence(
                List.copyOf(curves),
                foldScores,
                score,
                TrialEvidence.dummyLoss(truth.profile(), configuration, rows.target()),
                yardstick.filter(best -> comparable).flatMap(best -> loss(metric, best, rows.target())),
                dataCurve.filter(curve -> comparable).flatMap(curve -> doubling(metric, curve, rows.target())));
        return new Evaluation(
                score,
                Metrics.all(truth.profile().task(), rows.target(), rows.predictions()),
                DiagnoseTrial.diagnose(evidence),
                curves.stream().map(LearningCurve::stoppedBy).max(Comparator.comparingInt(STOPS::indexOf)));
    }

    /** The loss that twice the rows would take off; absent where the metric says nothing of the loss. */
    private static Optional<Double> doubling(Metric metric, DataCurve curve, double[] target) {
        List<Double> losses = curve.points().stream()
                .flatMap(p -> loss(metric, p.score(), target).stream())
                .toList();
        return losses.size() < 3 ? Optional.empty() : Optional.of(DataCurve.gainOfDoubling(losses));
    }

    /** The loss, as learning curves tell it, that goes with a score; absent where the metric says nothing of it. */
    private static Optional<Double> loss(Metric metric, double score, double[] target) {
        return switch (metric) {
            case LOG_LOSS -> Optional.of(score);
            case RMSE -> {
                double mean = Arrays.stream(target).average().orElse(0);
                double variance = Arrays.stream(target)
                        .map(y -> (y - mean) * (y - mean))
                        .average()
                        .orElse(0);
                yield variance > 0 ? Optional.of(score * score / variance) : Optional.empty();
            }
            case R2 -> Optional.of(1 - score);
            case MAE, ACCURACY, BALANCED_ACCURACY, AUC, F1 -> Optional.empty();
        };
    }
}
