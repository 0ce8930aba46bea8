package io.millrace.modelling.learn;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Table;
import java.util.Optional;

/** Whole trainings that the rows of fold 0 validate. */
public final class FirstFold {
    private FirstFold() {}

    /** Of what has no learning rate to be found. */
    public static TrainingJob job(Table table, Configuration configuration, Metric metric, long seed) {
        return job(table, configuration, Optional.empty(), metric, seed);
    }

    public static TrainingJob job(
            Table table, Configuration configuration, LearningRateRange rates, Metric metric, long seed) {
        return job(table, configuration, Optional.of(rates), metric, seed);
    }

    private static TrainingJob job(
            Table table, Configuration configuration, Optional<LearningRateRange> rates, Metric metric, long seed) {
        return new TrainingJob(
                table,
                table.trainingRows(0),
                table.rowsOf(0),
                configuration,
                rates,
                metric,
                seed,
                Optional.empty(),
                Leg.WHOLE);
    }
}
