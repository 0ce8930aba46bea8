package io.millrace.events;

import java.util.Optional;

/**
 * A row of the leaderboard: a trial at the highest rung it reached.
 *
 * @param rank 1 for the best
 * @param trial name of the trial within the run
 * @param family family of its configuration
 * @param score optimised metric, out of fold, with its interval
 * @param folds folds that it was trained on
 * @param learningRate peak rate, or 0 where none was searched
 * @param trainSeconds wall-clock seconds of training over all rungs
 * @param verdict diagnosis
 * @param weight share in the ensemble, 0 to 1
 * @param cause which trial it was made of and why; absent for a trial of its own
 * @param cpuSeconds processor time of training over all rungs
 * @param stoppedBy why training ended: {@code completed}, {@code patience}, {@code halving} (it paused, and others of
 *     its family went on), {@code median} (others were better at the same point), {@code deadline} or {@code diverged}
 */
public record RankedTrial(
        int rank,
        String trial,
        String family,
        Score score,
        int folds,
        double learningRate,
        double trainSeconds,
        Verdict verdict,
        double weight,
        Optional<Cause> cause,
        Optional<Double> cpuSeconds,
        Optional<String> stoppedBy) {

    /** The same with its share in the ensemble. */
    public RankedTrial weighing(double share) {
        return new RankedTrial(
                rank,
                trial,
                family,
                score,
                folds,
                learningRate,
                trainSeconds,
                verdict,
                share,
                cause,
                cpuSeconds,
                stoppedBy);
    }
}
