package io.millrace.events;

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
        double weight) {}
