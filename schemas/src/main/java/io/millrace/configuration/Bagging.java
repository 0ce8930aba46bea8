package io.millrace.configuration;

/**
 * How many models a fold trains, whose predictions are averaged.
 *
 * @param models number of models, from 1; they differ in their seeds
 * @param bootstrap whether each trains on as many rows drawn with replacement (Breiman 1996), the rows left out deciding
 *     when it stops; the fold's own rows then decide nothing
 */
public record Bagging(int models, boolean bootstrap) {
    public Bagging {
        if (models < 1) {
            throw new IllegalArgumentException("a fold trains at least one model, not " + models);
        }
    }

    /** One model on all training rows. */
    public static Bagging none() {
        return new Bagging(1, false);
    }

    /** Whether it is one model on all training rows. */
    public boolean single() {
        return models == 1 && !bootstrap;
    }
}
