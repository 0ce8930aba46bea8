package io.millrace.modelling.trees;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;

/**
 * Evaluates boosting after every round: by XGBoost's own metrics where they mean the same as ours, which costs next to
 * nothing, else by scoring the predictions of the validation rows.
 *
 * @param form how raw outputs become predictions
 * @param task what is predicted
 * @param metric what early stopping watches
 * @param validationTarget targets of the validation rows
 */
record Watch(Form form, Task task, Metric metric, double[] validationTarget) {
    /** XGBoost's metrics to compute: the loss first. */
    List<String> names() {
        String loss =
                switch (task) {
                    case BINARY -> "logloss";
                    case MULTICLASS -> "mlogloss";
                    case REGRESSION -> "rmse";
                };
        String own = own();
        return own.isEmpty() || own.equals(loss) ? List.of(loss) : List.of(loss, own);
    }

    private String own() {
        return switch (metric) {
            case ACCURACY -> task == Task.BINARY ? "error" : "merror";
            case AUC -> task == Task.BINARY ? "auc" : "";
            case MAE -> "mae";
            case LOG_LOSS, RMSE, R2, F1, BALANCED_ACCURACY -> "";
        };
    }

    /** Loss of the rounds so far on some rows; {@code round} counts from 0. */
    double loss(Booster booster, DMatrix rows, int round) {
        return loss(evaluate(booster, rows, round).get("v-" + names().get(0)));
    }

    /** Evaluates the rounds so far on the validation rows. */
    Point point(Booster booster, DMatrix validation, int round, double trainingLoss) {
        Map<String, Double> values = evaluate(booster, validation, round);
        double validationLoss = loss(values.get("v-" + names().get(0)));
        double error = error(values, validationLoss, booster, validation);
        return new Point(round + 1, trainingLoss, validationLoss, Double.isNaN(error) ? validationLoss : error);
    }

    private static Map<String, Double> evaluate(Booster booster, DMatrix rows, int round) {
        return parse(Native.call(() -> booster.evalSet(new DMatrix[] {rows}, new String[] {"v"}, round)));
    }

    private double loss(double value) {
        return task.isClassification() ? value : value * value;
    }

    private double error(Map<String, Double> values, double loss, Booster booster, DMatrix validation) {
        return switch (metric) {
            case LOG_LOSS -> loss;
            case RMSE -> Math.sqrt(loss) * form.scale();
            case MAE -> values.get("v-mae") * form.scale();
            case R2 -> loss * form.scale() * form.scale() / Scoring.variance(validationTarget) - 1;
            case ACCURACY -> values.get("v-" + own()) - 1;
            case AUC -> task == Task.BINARY ? -values.get("v-auc") : scored(booster, validation);
            case F1, BALANCED_ACCURACY -> scored(booster, validation);
        };
    }

    private double scored(Booster booster, DMatrix validation) {
        return metric.asError(Scoring.score(metric, validationTarget, predictions(booster, validation)));
    }

    /** What the rounds so far predict for the validation rows. */
    Matrix predictions(Booster booster, DMatrix validation) {
        Matrix predictions = Matrix.filled(validationTarget.length, form.outputs(), 0);
        Head.boosting(form, Native.call(() -> booster.predict(validation)), predictions, 0);
        return predictions;
    }

    /** Reads {@code [7] v-rmse:0.5 v-mae:0.4}, tab-separated. */
    static Map<String, Double> parse(String evaluation) {
        Map<String, Double> values = new HashMap<>();
        for (String field : evaluation.split("\t")) {
            int colon = field.lastIndexOf(':');
            if (colon > 0) {
                values.put(field.substring(0, colon), number(field.substring(colon + 1)));
            }
        }
        return values;
    }

    private static double number(String text) {
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
