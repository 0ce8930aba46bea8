package io.millrace.modelling.trial;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.dataset.Metric;
import io.millrace.events.StopRule;
import java.util.List;
import java.util.Optional;

/**
 * What a trial trains.
 *
 * @param configuration what to train
 * @param learningRate where a network trains
 * @param folds folds to train; each trains on all other folds and predicts this one
 * @param rowLimit most training rows per fold; absent for all
 * @param bagging how many models a fold trains
 * @param metric metric that early stopping watches
 * @param seed seed of everything random; every fold derives its own, so that folds can be trained apart
 * @param stopRule when the trial ends because others were better at the same point; absent for one that goes to its end
 * @param pauseAfter epoch after which the first fold pauses; absent for a trial that does not
 */
public record TrialSpec(
        Configuration configuration,
        Optional<LearningRateRange> learningRate,
        List<Integer> folds,
        Optional<Integer> rowLimit,
        Bagging bagging,
        Metric metric,
        long seed,
        Optional<StopRule> stopRule,
        Optional<Integer> pauseAfter) {
    public TrialSpec {
        folds = List.copyOf(folds);
    }

    /** Seed of a fold: SplitMix64 (Steele et al. 2014) over seed and fold. */
    long seedOf(int fold) {
        long z = seed + (fold + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
