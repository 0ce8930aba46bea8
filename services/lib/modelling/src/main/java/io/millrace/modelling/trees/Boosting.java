package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.learn.CurveRecorder;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.StopCheck;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.StepPredictions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Boosts round after round until the validation error has not fallen for the configuration's patience, or others were better at
 * the same point.
 */
final class Boosting {
    /** Evaluating the training rows every round takes up to an eighth of the processor time. */
    private static final int TRAINING_EVERY = 10;

    private final TrainingJob job;
    private final TreesConfiguration trees;
    private final Targets targets;
    private final Optional<LinearBase> base;

    /** @param base what the trees correct; empty for a constant */
    Boosting(TrainingJob job, TreesConfiguration trees, Targets targets, Optional<LinearBase> base) {
        this.job = job;
        this.trees = trees;
        this.targets = targets;
        this.base = base;
    }

    /** Fits on rows that are encoded and not yet labelled. */
    Grown grow(EncodedRows training, EncodedRows validation, BooleanSupplier stop) {
        training.label(targets.labels(job.table(), job.training()));
        validation.label(targets.labels(job.table(), job.validation()));
        base.ifPresent(linear -> {
            training.base(linear.predict(job.table(), job.training()));
            validation.base(linear.predict(job.table(), job.validation()));
        });
        Watch watch = new Watch(
                targets.form(trees.family(), 0),
                job.table().profile().task(),
                job.metric(),
                Targets.of(job.table(), job.validation()));
        Booster booster = Native.call(() -> booster(training.matrix(), validation.matrix(), watch));
        try {
            CurveRecorder recorder = new CurveRecorder();
            Optional<StepPredictions> steps = StepPredictions.of(job.validation().length, trees.rounds());
            StopCheck check = StopCheck.of(job);
            TrainingEnd end = TrainingEnd.COMPLETED;
            double trainingLoss = Double.NaN;
            for (int round = 0; round < trees.rounds(); round++) {
                int now = round;
                Native.call(() -> {
                    booster.update(training.matrix(), now);
                    return null;
                });
                if (round % TRAINING_EVERY == 0) {
                    trainingLoss = watch.loss(booster, training.matrix(), round);
                }
                Point point = watch.point(booster, validation.matrix(), round, trainingLoss);
                if (!Double.isFinite(point.validationLoss())) {
                    end = TrainingEnd.DIVERGED;
                    break;
                }
                recorder.add(point);
                steps.ifPresent(s -> s.add(() -> watch.predictions(booster, validation.matrix())));
                if (recorder.roundsSinceBest() >= trees.patience()) {
                    end = TrainingEnd.PATIENCE;
                    break;
                }
                if (round + 1 < trees.rounds() && check.stops(round + 1, point.validationError())) {
                    end = TrainingEnd.MEDIAN;
                    break;
                }
                if (stop.getAsBoolean()) {
                    end = TrainingEnd.DEADLINE;
                    break;
                }
            }
            if (recorder.bestRound() == 0) {
                throw new IllegalStateException("boosting diverged in its first round");
            }
            LearningCurve curve = recorder.curve(end);
            byte[] bytes = Native.call(() -> booster.toByteArray("ubj"));
            return new Grown(List.of(bytes), targets.form(trees.family(), recorder.bestRound()), curve, steps);
        } finally {
            booster.dispose();
        }
    }

    private Booster booster(DMatrix training, DMatrix validation, Watch watch) throws XGBoostError {
        Map<String, Object> parameters = Parameters.boosting(
                trees, job.table().profile().task().isClassification(), targets.outputs(), job.seed());
        Map<String, DMatrix> cached = Map.of("t", training, "v", validation);
        // No rounds yet: this is the only public way to a booster that keeps the predictions of both sets up to date.
        Booster booster = XGBoost.train(training, parameters, 0, cached, null, null);
        for (String name : watch.names()) {
            booster.setParam("eval_metric", name);
        }
        return booster;
    }
}
