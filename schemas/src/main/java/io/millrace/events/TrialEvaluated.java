package io.millrace.events;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.dataset.Metric;
import java.util.Map;
import java.util.Optional;

/**
 * A trial's rung is scored on its out-of-fold predictions.
 *
 * @param trial name of the trial within the run
 * @param number ordinal of the trial within the run
 * @param rung rung that was scored
 * @param configuration what was trained
 * @param learningRate where it was trained, for networks
 * @param artifacts what the trial has produced so far
 * @param complete whether all folds that were asked for are there
 * @param metric what is optimised
 * @param score the optimised metric with its interval
 * @param scores every metric that fits the task
 * @param diagnosis which problem the trial has
 * @param cpuSeconds processor time of the training of this rung
 * @param wallSeconds wall-clock time of the training of this rung
 * @param stoppedBy why training ended, as a learning curve tells it (such as patience), the worst of its folds; absent
 *     without a curve
 * @param progress how its first fold got on, by which later trials may be stopped; absent without a curve that has a mark, and
 *     in events from before there was one
 */
public record TrialEvaluated(
        String trial,
        int number,
        int rung,
        Configuration configuration,
        Optional<LearningRateRange> learningRate,
        TrialArtifacts artifacts,
        boolean complete,
        Metric metric,
        Score score,
        Map<Metric, Double> scores,
        Diagnosis diagnosis,
        double cpuSeconds,
        double wallSeconds,
        Optional<String> stoppedBy,
        Optional<ProgressCurve> progress)
        implements Event {

    public TrialEvaluated {
        scores = Map.copyOf(scores);
    }

    /** The same score of a training that ended otherwise. */
    public TrialEvaluated with(
            TrialArtifacts produced,
            boolean all,
            Diagnosis judgement,
            Optional<String> end,
            Optional<ProgressCurve> course) {
        return new TrialEvaluated(
                trial,
                number,
                rung,
                configuration,
                learningRate,
                produced,
                all,
                metric,
                score,
                scores,
                judgement,
                cpuSeconds,
                wallSeconds,
                end,
                course);
    }
}
