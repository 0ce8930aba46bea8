package io.millrace.planner.core;

import io.millrace.events.DataCurve;
import io.millrace.events.StopRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rung of one trial that was decided on and has not been digested.
 *
 * @param ordinal position in the order in which the search decides, from 1
 * @param number ordinal of the trial within the run
 * @param rung 0 for the first look, one more for each promotion of the trial
 * @param folds folds to train
 * @param rowLimit most training rows per fold; absent for all
 * @param yardstick best score when it was decided, against which it will be diagnosed; absent before there is one
 * @param dataCurve what was known of learning from fewer rows when it was decided; absent before that is known
 * @param stopRule when it may end early, by what was known when it was decided; absent where it is to be trained to its end
 * @param pauseAfter epoch after which it pauses; absent where it does not
 * @param reason why, as a sentence
 * @param requestedAt when it was decided
 * @param published whether it was handed out; otherwise it waits for its learning rate
 */
public record WorkItem(
        int ordinal,
        int number,
        int rung,
        List<Integer> folds,
        Optional<Integer> rowLimit,
        Optional<Double> yardstick,
        Optional<DataCurve> dataCurve,
        Optional<StopRule> stopRule,
        Optional<Integer> pauseAfter,
        String reason,
        Instant requestedAt,
        boolean published) {

    public WorkItem {
        folds = List.copyOf(folds);
    }

    WorkItem handedOut() {
        return new WorkItem(
                ordinal,
                number,
                rung,
                folds,
                rowLimit,
                yardstick,
                dataCurve,
                stopRule,
                pauseAfter,
                reason,
                requestedAt,
                true);
    }
}
