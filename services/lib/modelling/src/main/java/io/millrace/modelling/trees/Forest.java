package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.learn.CurveRecorder;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.StopCheck;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * Grows a random forest a few trees at a time, so that it can be stopped early: a group is one booster per column of
 * votes. Patience plays no part, since more trees do no harm.
 */
final class Forest {
    /** Trees between two looks at the clock. */
    private static final int GROUP = 10;

    private final TrainingJob job;
    private final TreesConfiguration trees;
    private final Targets targets;
    private final Form form;
    private final List<byte[]> boosters = new ArrayList<>();

    Forest(TrainingJob job, TreesConfiguration trees, Targets targets) {
        this.job = job;
        this.trees = trees;
        this.targets = targets;
        this.form = targets.form(trees.family(), Math.min(GROUP, trees.rounds()));
    }

    /** Fits on rows that are encoded and not yet labelled. */
    Grown grow(EncodedRows training, EncodedRows validation, BooleanSupplier stop) {
        float[][] trainingVotes = new float[job.training().length][form.votes()];
        float[][] validationVotes = new float[job.validation().length][form.votes()];
        CurveRecorder recorder = new CurveRecorder();
        StopCheck check = StopCheck.of(job);
        TrainingEnd end = TrainingEnd.COMPLETED;
        int groups = (trees.rounds() + form.rounds() - 1) / form.rounds();
        for (int group = 0; group < groups; group++) {
            for (int column = 0; column < form.votes(); column++) {
                add(group, column, training, validation, trainingVotes, validationVotes);
            }
            Point point = point(group, trainingVotes, validationVotes);
            recorder.add(point);
            if (group + 1 < groups && stop.getAsBoolean()) {
                end = TrainingEnd.DEADLINE;
                break;
            }
            if (group + 1 < groups && check.stops(point.step(), point.validationError())) {
                end = TrainingEnd.MEDIAN;
                break;
            }
        }
        return new Grown(boosters, form, recorder.lastIsKept().curve(end), Optional.empty());
    }

    private void add(
            int group,
            int column,
            EncodedRows training,
            EncodedRows validation,
            float[][] trainingVotes,
            float[][] validationVotes) {
        int positive = form.outputs() == 2 ? 1 : column;
        training.label(
                form.isClassification()
                        ? targets.indicator(job.table(), job.training(), positive)
                        : targets.labels(job.table(), job.training()));
        double mean = form.isClassification() ? form.prior()[positive] : 0;
        Map<String, Object> parameters =
                Parameters.forest(trees, form.rounds(), mean, job.seed() + 1_000_003L * group + column);
        Booster booster = Native.call(() -> XGBoost.train(training.matrix(), parameters, 1, Map.of(), null, null));
        try {
            blend(Native.call(() -> booster.predict(training.matrix())), trainingVotes, group, column);
            blend(Native.call(() -> booster.predict(validation.matrix())), validationVotes, group, column);
            boosters.add(Native.call(() -> booster.toByteArray("ubj")));
        } finally {
            booster.dispose();
        }
    }

    /** Makes {@code votes}, the mean of the groups before, the mean with one more. */
    static void blend(float[][] more, float[][] votes, int before, int column) {
        for (int r = 0; r < votes.length; r++) {
            votes[r][column] += (more[r][0] - votes[r][column]) / (before + 1);
        }
    }

    private Point point(int group, float[][] trainingVotes, float[][] validationVotes) {
        int grown = (group + 1) * form.rounds();
        Matrix fitted = predictions(trainingVotes, grown);
        Matrix held = predictions(validationVotes, grown);
        double[] validationTarget = Targets.of(job.table(), job.validation());
        return new Point(
                grown,
                loss(Targets.of(job.table(), job.training()), fitted),
                loss(validationTarget, held),
                job.metric().asError(Scoring.score(job.metric(), validationTarget, held)));
    }

    private Matrix predictions(float[][] votes, int grown) {
        Matrix predictions = Matrix.filled(votes.length, form.outputs(), 0);
        Head.forest(form, votes, grown, predictions, 0);
        return predictions;
    }

    private double loss(double[] target, Matrix predictions) {
        if (form.isClassification()) {
            return Scoring.score(Metric.LOG_LOSS, target, predictions);
        }
        double error = Scoring.score(Metric.RMSE, target, predictions) / form.scale();
        return error * error;
    }
}
