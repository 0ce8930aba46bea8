package io.millrace.configuration;

import java.util.Optional;

/**
 * Trees grown by XGBoost with the histogram method.
 *
 * @param family {@code boosting}, or {@code forest} for one round of many trees
 * @param rounds boosting rounds at most; trees of the forest
 * @param learningRate shrinkage per round
 * @param maxDepth levels of a tree; 0 for no limit
 * @param maxLeaves leaves of a tree when grown loss-guided; 0 to grow by depth
 * @param minChildWeight least hessian sum in a leaf
 * @param rowSample share of rows per tree
 * @param columnSample share of columns per tree
 * @param l2 L2 penalty on leaf values
 * @param l1 L1 penalty on leaf values
 * @param maxBins bins of a numeric column
 * @param patience rounds without a better validation score after which boosting stops
 * @param bagging how many models a fold trains; absent for what is usual
 * @param base what boosting begins with; absent for a constant
 * @param pairs columns at most that boosting makes of two numbers each, their sum, difference, product or ratio; absent for none
 */
public record TreesConfiguration(
        String family,
        int rounds,
        double learningRate,
        int maxDepth,
        int maxLeaves,
        double minChildWeight,
        double rowSample,
        double columnSample,
        double l2,
        double l1,
        int maxBins,
        int patience,
        Optional<Bagging> bagging,
        Optional<BoostingBase> base,
        Optional<Integer> pairs)
        implements Configuration {
    public static final String BOOSTING = "boosting";
    public static final String FOREST = "forest";
    /** Words of a text that trees count at most. */
    public static final int MOST_WORDS = 300;
    /** Columns of the linear model that trees correct, at most: the time that their products take to solve for goes with the cube. */
    public static final int LINEAR_COLUMNS = 1_000;
    /** Steps in which it tells classes, */
    public static final int LINEAR_STEPS = 50;
    /** and rows times columns times outputs that a step goes through at most: all of them take some 2 s. */
    public static final int LINEAR_CELLS = 20_000_000;

    /** Numbers, and categories by rank, of which boosting makes pairs, at most. */
    public static final int PAIRED = 10;
    /** Rows on which few trees tell which pairs are best, at most, */
    public static final int PAIR_ROWS = 5_000;
    /** how many trees, */
    public static final int PAIR_TREES = 30;
    /**
     * and how many on either half of the rows tell what is known before. With many hardly anything is left to choose by, with none what
     * is chosen says over again what trees know.
     */
    public static final int PAIR_TREES_BEFORE = 10;

    /** A configuration without options. */
    public TreesConfiguration(
            String family,
            int rounds,
            double learningRate,
            int maxDepth,
            int maxLeaves,
            double minChildWeight,
            double rowSample,
            double columnSample,
            double l2,
            double l1,
            int maxBins,
            int patience) {
        this(
                family,
                rounds,
                learningRate,
                maxDepth,
                maxLeaves,
                minChildWeight,
                rowSample,
                columnSample,
                l2,
                l1,
                maxBins,
                patience,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether trees correct a linear model. */
    public boolean correctsLinearModel() {
        return base.filter(b -> b == BoostingBase.LINEAR).isPresent();
    }

    @Override
    public double progress(int step) {
        return family.equals(FOREST) ? (double) step / rounds : step * learningRate;
    }

    /** A builder that starts from this configuration. */
    public TreesConfigurationBuilder but() {
        return new TreesConfigurationBuilder(this);
    }
}
