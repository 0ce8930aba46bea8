package io.millrace.modelling.learn;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.dataset.Metric;
import io.millrace.events.StopRule;
import io.millrace.modelling.table.Table;
import java.util.Optional;

/**
 * Everything a learner needs to fit one model.
 *
 * @param table the data
 * @param training rows to learn from
 * @param validation rows that decide when to stop; their targets teach nothing else
 * @param configuration what to train; its type selects the learner
 * @param learningRate where a network trains
 * @param metric metric that early stopping watches
 * @param seed seed of everything random
 * @param stopRule when the fit ends because others were better at the same point; absent for a fit that goes to its end
 * @param leg which part of the training is to be done
 */
public record TrainingJob(
        Table table,
        int[] training,
        int[] validation,
        Configuration configuration,
        Optional<LearningRateRange> learningRate,
        Metric metric,
        long seed,
        Optional<StopRule> stopRule,
        Leg leg) {

    /** The same job, which a rule may end. */
    public TrainingJob under(StopRule rule) {
        return new TrainingJob(
                table, training, validation, configuration, learningRate, metric, seed, Optional.of(rule), leg);
    }

    /** The same job on other training rows. */
    public TrainingJob trainedOn(int[] rows) {
        return new TrainingJob(table, rows, validation, configuration, learningRate, metric, seed, stopRule, leg);
    }

    /** The same job on other training rows, judged by others. */
    public TrainingJob on(int[] training, int[] validation) {
        return new TrainingJob(table, training, validation, configuration, learningRate, metric, seed, stopRule, leg);
    }

    /** The same job, of which a leg is done. */
    public TrainingJob on(Leg part) {
        return new TrainingJob(table, training, validation, configuration, learningRate, metric, seed, stopRule, part);
    }
}
