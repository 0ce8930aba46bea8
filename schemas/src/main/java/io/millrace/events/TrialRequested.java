package io.millrace.events;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.dataset.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The planner wants a configuration trained on some folds. The work id is {@code trial/rung}.
 *
 * @param trial name of the trial within the run, such as {@code t007}
 * @param number ordinal of the trial within the run, from 1
 * @param rung 0 for the first, cheap look; one more for each promotion, to the rest of the epochs or to more folds
 * @param configuration what to train
 * @param learningRate where it trains, for networks
 * @param folds folds to train at this rung; each trains on all other folds and predicts this one
 * @param rowLimit most training rows per fold (a seeded sample); absent for all
 * @param bagging how many models each fold trains; absent for one
 * @param metric what is optimised; decides early stopping
 * @param table typed table
 * @param profile profile of the table
 * @param seed seed of everything random in the trial
 * @param previous result of the rung below, whose fold models and predictions are kept, and from whose checkpoint a fold that
 *     paused goes on
 * @param reason why the planner asked for it, as a sentence
 * @param deadline when to stop with what there is; absent when the run counts trials
 * @param yardstick best score of the run when it was asked for, against which it is diagnosed; absent before there is one
 * @param dataCurve what the run knows of learning from fewer rows, by which it is diagnosed; absent before that is known
 * @param cause which trial it is made of and why; absent for a trial of its own
 * @param stopRule when it may end because it is no match for others; absent for a trial that is trained to its end
 * @param pauseAfter epoch after which its first fold pauses, to go on where its family's others are no better; absent for a
 *     trial that does not pause
 */
public record TrialRequested(
        String trial,
        int number,
        int rung,
        Configuration configuration,
        Optional<LearningRateRange> learningRate,
        List<Integer> folds,
        Optional<Integer> rowLimit,
        Optional<Bagging> bagging,
        Metric metric,
        BlobRef table,
        BlobRef profile,
        long seed,
        Optional<TrialArtifacts> previous,
        String reason,
        Optional<Instant> deadline,
        Optional<Double> yardstick,
        Optional<DataCurve> dataCurve,
        Optional<Cause> cause,
        Optional<StopRule> stopRule,
        Optional<Integer> pauseAfter)
        implements Event {

    public TrialRequested {
        folds = List.copyOf(folds);
    }

    /** The same, asked for when it is known what fewer rows give. */
    public TrialRequested with(DataCurve known) {
        return with(Optional.of(known), stopRule, pauseAfter);
    }

    /** The same, which may end early by a rule. */
    public TrialRequested with(StopRule rule) {
        return with(dataCurve, Optional.of(rule), pauseAfter);
    }

    /** The same, which pauses. */
    public TrialRequested pausingAfter(int epoch) {
        return with(dataCurve, stopRule, Optional.of(epoch));
    }

    private TrialRequested with(Optional<DataCurve> curve, Optional<StopRule> rule, Optional<Integer> pause) {
        return new TrialRequested(
                trial,
                number,
                rung,
                configuration,
                learningRate,
                folds,
                rowLimit,
                bagging,
                metric,
                table,
                profile,
                seed,
                previous,
                reason,
                deadline,
                yardstick,
                curve,
                cause,
                rule,
                pause);
    }
}
