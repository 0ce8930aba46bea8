package io.millrace.profiler;

import io.millrace.events.RunSettings;
import io.millrace.profiler.core.Split;
import io.millrace.profiler.core.StratifiedSplit;
import io.millrace.profiler.core.TargetDecision;
import java.util.Arrays;
import java.util.List;

/**
 * The rows dealt to the holdout and the folds.
 *
 * @param split how many go where
 * @param folds fold per row, {@link io.millrace.dataset.DatasetProfile#HOLDOUT} for the holdout
 */
record DealtRows(Split split, int[] folds) {
    /** Deals by time where a time column was asked for, else so that each part has its share of every stratum. */
    static DealtRows of(
            TypedTable typed, List<String> features, TargetDecision decision, double[] targets, RunSettings asked) {
        Split standard = Split.defaultFor(typed.rows());
        Split split = new Split(
                asked.holdout().orElse(standard.holdoutShare()), asked.folds().orElse(standard.folds()));
        int[] folds = asked.timeColumn().isPresent()
                ? split.byTime(typed.numbers("time_key"))
                : StratifiedSplit.deal(split, strata(decision, targets), typed.sameness(features), asked.seed());
        return new DealtRows(split, folds);
    }

    private static int[] strata(TargetDecision decision, double[] targets) {
        return decision.task().isClassification()
                ? Arrays.stream(targets).mapToInt(target -> (int) target).toArray()
                : StratifiedSplit.bins(targets);
    }
}
