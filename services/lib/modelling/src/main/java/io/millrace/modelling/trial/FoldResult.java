package io.millrace.modelling.trial;

import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.score.StepPredictions;
import io.millrace.modelling.table.Matrix;
import java.util.Map;
import java.util.Optional;

/**
 * One fold of a trial, trained.
 *
 * @param fold validation fold
 * @param predictions one row per row of the fold, ascending
 * @param steps what the steps of the fit predicted for these rows; absent where they have not decided which is kept, or are many
 * @param model parts of the fold's model
 * @param curve how the fit went
 * @param cpuSeconds processor time of fitting and predicting
 * @param checkpoint parts from which a fold that paused goes on; empty where it did not
 */
public record FoldResult(
        int fold,
        Matrix predictions,
        Optional<StepPredictions> steps,
        Map<String, byte[]> model,
        LearningCurve curve,
        double cpuSeconds,
        Map<String, byte[]> checkpoint) {
    public FoldResult {
        model = Map.copyOf(model);
        checkpoint = Map.copyOf(checkpoint);
    }

    /** The same fold with other predictions. */
    FoldResult predicting(Matrix better) {
        return new FoldResult(fold, better, steps, model, curve, cpuSeconds, checkpoint);
    }
}
