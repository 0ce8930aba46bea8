package io.millrace.planner.core;

import io.millrace.events.Score;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.Verdict;
import java.util.List;
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
 * @param wallSeconds wall-clock seconds of the rung's training
 * @param artifacts what was stored; absent where the trial is too far behind to be used again
 */
public record Outcome(
        int rung,
        List<Integer> folds,
        boolean complete,
        double error,
        Score score,
        Verdict verdict,
        double wallSeconds,
        Optional<TrialArtifacts> artifacts) {

    public Outcome {
        folds = List.copyOf(folds);
    }

    /** The same without the reference to its artifacts, which keeps the state small. */
    Outcome withoutArtifacts() {
        return new Outcome(rung, folds, complete, error, score, verdict, wallSeconds, Optional.empty());
    }
}
