package io.millrace.planner.core;

import io.millrace.events.Score;
import io.millrace.events.TrainingEnd;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trial reached at one rung.
 *
 * @param rung rung that was scored
 * @param folds folds that the score rests on, ascending
 * @param complete whether every fold that was asked for was trained to its end
 * @param error the optimised metric as an error to minimise; always finite
 * @param score the optimised metric with its interval
 * @param verdict diagnosis
 * @param confidence how sure it is, 0 to 1
 * @param evidence numbers of the diagnosis by name; empty where the trial is too far behind to be cured
 * @param wallSeconds wall-clock seconds of the rung's training
 * @param cpuSeconds processor time of it
 * @param stoppedBy why training ended
 * @param artifacts what was stored; absent where the trial is too far behind to be used again
 */
public record Outcome(
        int rung,
        List<Integer> folds,
        boolean complete,
        double error,
        Score score,
        Verdict verdict,
        double confidence,
        Map<String, Double> evidence,
        double wallSeconds,
        double cpuSeconds,
        Optional<String> stoppedBy,
        Optional<TrialArtifacts> artifacts) {

    public Outcome {
        folds = List.copyOf(folds);
        evidence = Map.copyOf(evidence);
    }

    /** Whether it ended for the sake of others, so that it shows less than they do. */
    boolean stopped() {
        return paused() || TrainingEnd.MEDIAN.ended(stoppedBy);
    }

    /** Whether its training paused and can go on. */
    boolean paused() {
        return TrainingEnd.HALVING.ended(stoppedBy);
    }

    /** The same after a pause, whose seconds count, too. */
    Outcome after(Outcome pause) {
        return with(evidence, pause.wallSeconds() + wallSeconds, pause.cpuSeconds() + cpuSeconds, artifacts);
    }

    /** The same without evidence and the reference to its artifacts, which keeps the state small. */
    Outcome withoutArtifacts() {
        return with(Map.of(), wallSeconds, cpuSeconds, Optional.empty());
    }

    private Outcome with(Map<String, Double> found, double wall, double cpu, Optional<TrialArtifacts> stored) {
        return new Outcome(
                rung, folds, complete, error, score, verdict, confidence, found, wall, cpu, stoppedBy, stored);
    }
}
