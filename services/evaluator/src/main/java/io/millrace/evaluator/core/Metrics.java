package io.millrace.evaluator.core;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.EnumMap;
import java.util.Map;

/** Every metric of a task at once. */
public final class Metrics {
    private Metrics() {}

    /** Metrics that fit the task and are defined for these rows. */
    public static Map<Metric, Double> all(Task task, double[] target, Matrix predictions) {
        Map<Metric, Double> scores = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            double score = metric.fits(task) ? Scoring.score(metric, target, predictions) : Double.NaN;
            if (Double.isFinite(score)) {
                scores.put(metric, score);
            }
        }
        return scores;
    }
}
