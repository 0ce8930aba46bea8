package io.millrace.planner.core.space;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import java.util.Optional;

/** How many models a fold may average, where that is a choice. */
public enum Bag {
    /** One, or what a rule says. */
    USUAL,
    /** Some that differ in their seeds. */
    SEEDS,
    /** Some on bootstrap samples, each stopped by the rows that it left out. */
    SAMPLES;

    private static final int MODELS = 4;

    /** Up to so many rows a result depends on the seed enough, and models are cheap enough, to train several of each. */
    public static final int MOST_ROWS = 2_000;

    /** What a configuration says of it. */
    public Optional<Bagging> bagging() {
        return this == USUAL ? Optional.empty() : Optional.of(new Bagging(MODELS, this == SAMPLES));
    }

    /** The choice that a configuration has made. */
    static Bag of(Configuration configuration) {
        return configuration
                .bagging()
                .map(bagging -> bagging.bootstrap() ? SAMPLES : SEEDS)
                .orElse(USUAL);
    }

    /** Whether a data set is so small that there is a choice. */
    static boolean pays(DatasetProfiled dataset) {
        return dataset.trainingRows() <= MOST_ROWS;
    }
}
