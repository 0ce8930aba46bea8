package io.millrace.configuration;

import java.util.Optional;

/**
 * Soft nearest neighbours with a scale per column that is learnt (neighbourhood components analysis, Goldberger et al. 2004).
 *
 * @param family {@code neighbours}
 * @param references training rows that predictions are made of at most; drawn where there are more
 * @param steps steps of gradient descent on the scales at most
 * @param batchSize rows per step, each predicted from the others
 * @param learningRate greatest change of a scale's logarithm per step
 * @param scale scale that numbers begin with, per unit of their spread
 * @param l1 L1 penalty on the scales, as rows: their sum counts as much as the loss of so many of the training rows
 * @param patience steps without a better validation score after which the descent stops
 * @param bagging how many models a fold trains; absent for what is usual
 */
public record NeighboursConfiguration(
        String family,
        int references,
        int steps,
        int batchSize,
        double learningRate,
        double scale,
        double l1,
        int patience,
        Optional<Bagging> bagging)
        implements Configuration {
    public static final String NEIGHBOURS = "neighbours";
    /** References of a step at most, drawn anew for each: as good a gradient, and steps cost the same however many rows there are. */
    public static final int STEP_REFERENCES = 2_048;
    /** Steps between two looks at the validation error. */
    public static final int CHECKED_EVERY = 10;
    /** Validation rows that it is taken of at most. */
    public static final int MOST_CHECKED = 2_000;

    /** A configuration without options. */
    public NeighboursConfiguration(
            int references, int steps, int batchSize, double learningRate, double scale, double l1, int patience) {
        this(NEIGHBOURS, references, steps, batchSize, learningRate, scale, l1, patience, Optional.empty());
    }

    @Override
    public double progress(int step) {
        return (double) step / steps;
    }

    /** The same with another {@code references}. */
    public NeighboursConfiguration withReferences(int value) {
        return new NeighboursConfiguration(family, value, steps, batchSize, learningRate, scale, l1, patience, bagging);
    }

    /** The same with another {@code steps}. */
    public NeighboursConfiguration withSteps(int value) {
        return new NeighboursConfiguration(
                family, references, value, batchSize, learningRate, scale, l1, patience, bagging);
    }

    /** The same with another {@code batchSize}. */
    public NeighboursConfiguration withBatchSize(int value) {
        return new NeighboursConfiguration(
                family, references, steps, value, learningRate, scale, l1, patience, bagging);
    }

    /** The same with another {@code learningRate}. */
    public NeighboursConfiguration withLearningRate(double value) {
        return new NeighboursConfiguration(family, references, steps, batchSize, value, scale, l1, patience, bagging);
    }

    /** The same with another {@code scale}. */
    public NeighboursConfiguration withScale(double value) {
        return new NeighboursConfiguration(
                family, references, steps, batchSize, learningRate, value, l1, patience, bagging);
    }

    /** The same with another {@code l1}. */
    public NeighboursConfiguration withL1(double value) {
        return new NeighboursConfiguration(
                family, references, steps, batchSize, learningRate, scale, value, patience, bagging);
    }

    /** The same with another {@code patience}. */
    public NeighboursConfiguration withPatience(int value) {
        return new NeighboursConfiguration(
                family, references, steps, batchSize, learningRate, scale, l1, value, bagging);
    }

    /** The same with another {@code bagging}. */
    public NeighboursConfiguration withBagging(Optional<Bagging> value) {
        return new NeighboursConfiguration(
                family, references, steps, batchSize, learningRate, scale, l1, patience, value);
    }
}
