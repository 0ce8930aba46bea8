package io.millrace.configuration;

import java.util.Optional;

/**
 * Gaussian models, which are solved for: of classes regularised discriminant analysis (Friedman 1989), of a number a Gaussian process
 * (Rasmussen and Williams 2006). How strongly they are regularised they choose by the training rows alone.
 *
 * @param family {@code gaussian}
 * @param numbers how numbers enter
 * @param columns columns that rows are encoded as at most; features that become many have the room that others leave
 * @param references training rows at most that a process remembers, or that the regularisation of classes is chosen by; drawn where there are more
 * @param bagging how many models a fold trains; absent for what is usual
 */
public record GaussianConfiguration(
        String family, NumberForm numbers, int columns, int references, Optional<Bagging> bagging)
        implements Configuration {
    public static final String GAUSSIAN = "gaussian";
    /** Parts that rows are dealt into for the regularisation of classes to be chosen, each judging what the others make. */
    public static final int PARTS = 5;
    /** Rows that the kernels of a process are compared on at most: time grows with their cube. */
    public static final int MOST_COMPARED = 500;
    /** Products of two likenesses that a process sums at most, some 2 s: of many rows it remembers fewer. */
    public static final double MOST_PRODUCTS = 2e9;
    /** Elements at most that the covariances of all classes have: of many classes rows have fewer columns. */
    public static final int MOST_ELEMENTS = 1_000_000;

    /** One model per fold. */
    public GaussianConfiguration(NumberForm numbers, int columns, int references) {
        this(GAUSSIAN, numbers, columns, references, Optional.empty());
    }

    /** Columns at most where there are so many classes. */
    public int columns(int classes) {
        return Math.min(columns, (int) Math.max(1, Math.sqrt((double) MOST_ELEMENTS / classes)));
    }

    /** There is one step, the last. */
    @Override
    public double progress(int step) {
        return step;
    }

    /** The same with another {@code numbers}. */
    public GaussianConfiguration withNumbers(NumberForm value) {
        return new GaussianConfiguration(family, value, columns, references, bagging);
    }

    /** The same with another {@code columns}. */
    public GaussianConfiguration withColumns(int value) {
        return new GaussianConfiguration(family, numbers, value, references, bagging);
    }

    /** The same with another {@code references}. */
    public GaussianConfiguration withReferences(int value) {
        return new GaussianConfiguration(family, numbers, columns, value, bagging);
    }
}
