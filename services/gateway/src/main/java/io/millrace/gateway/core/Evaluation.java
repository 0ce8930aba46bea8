package io.millrace.gateway.core;

import io.millrace.dataset.Metric;
import io.millrace.events.Diagnosis;
import io.millrace.events.Score;
import io.millrace.events.TrainingEnd;
import io.millrace.events.TrialEvaluated;
import java.util.Map;
import java.util.Optional;

/**
 * How a rung was scored.
 *
 * @param complete whether all folds that were asked for are there
 * @param metric what is optimised
 * @param score the optimised metric with its interval
 * @param scores every metric that fits the task
 * @param diagnosis which problem the trial has
 * @param cpuSeconds processor time of the training
 * @param wallSeconds wall-clock time of the training
 * @param stoppedBy why training ended
 */
public record Evaluation(
        boolean complete,
        Metric metric,
        Score score,
        Map<Metric, Double> scores,
        Diagnosis diagnosis,
        double cpuSeconds,
        double wallSeconds,
        Optional<String> stoppedBy) {
    /** Whether training paused and can go on. */
    boolean paused() {
        return TrainingEnd.HALVING.ended(stoppedBy);
    }

    static Evaluation of(TrialEvaluated e) {
        return new Evaluation(
                e.complete(),
                e.metric(),
                e.score(),
                e.scores(),
                e.diagnosis(),
                e.cpuSeconds(),
                e.wallSeconds(),
                e.stoppedBy());
    }
}
