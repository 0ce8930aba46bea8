package io.millrace.planner.core.space;

import static io.millrace.planner.core.space.Quantity.quantity;

import io.millrace.configuration.BoostingBase;
import io.millrace.configuration.TreesConfiguration;
import java.util.Optional;

/** What may be chosen of trees. */
public final class TreesQuantities {
    /** Rounds of boosting at most. */
    private static final int MOST_ROUNDS = 6000;

    /** What boosting usually waits through for a better score (Portfolio). */
    private static final double USUAL_PROGRESS = 2.5;

    private static final int LEAST_PATIENCE = 10;
    private static final int MOST_PATIENCE = 200;
    private static final int USUAL_DEPTH = 6;
    private static final int USUAL_LEAVES = 31;

    /** What limits a tree. */
    enum Growth {
        /** The number of its levels. */
        LEVELS,
        /** The number of its leaves, which grow where they help most. */
        LEAVES
    }

    /** Fewer, larger steps need fewer rounds, and waiting for as much progress takes fewer. */
    static final Quantity<TreesConfiguration, Double> LEARNING_RATE =
            quantity("learning rate", "shrinkage per round", TreesConfiguration::learningRate, (trees, rate) -> {
                double slower = trees.learningRate() / rate;
                return trees.but()
                        .learningRate(rate)
                        .rounds((int) Math.max(1, Math.min(MOST_ROUNDS, trees.rounds() * slower)))
                        .patience(patience(trees.patience() * trees.learningRate(), rate))
                        .build();
            });

    static final Quantity<TreesConfiguration, Double> ROUNDS = quantity(
            "boosting rounds",
            "rounds times learning rate; early stopping mostly ends it before",
            trees -> trees.rounds() * trees.learningRate(),
            (trees, progress) -> trees.but()
                    .rounds((int) Math.min(MOST_ROUNDS, Math.ceil(progress / trees.learningRate())))
                    .build());

    static final Quantity<TreesConfiguration, Double> PATIENCE = quantity(
            "early stopping",
            "rounds without a better score times learning rate",
            trees -> trees.patience() * trees.learningRate(),
            (trees, progress) -> trees.but()
                    .patience(patience(progress, trees.learningRate()))
                    .build());

    static final Quantity<TreesConfiguration, Double> TREES =
            quantity("trees", "trees of the forest", trees -> (double) trees.rounds(), (trees, number) -> trees.but()
                    .rounds(number.intValue())
                    .build());

    static final Quantity<TreesConfiguration, Growth> GROWTH = quantity(
            "growth",
            "what limits a tree",
            trees -> trees.maxLeaves() > 0 ? Growth.LEAVES : Growth.LEVELS,
            (trees, growth) -> growth == Growth.LEAVES
                    ? trees.but().maxDepth(0).maxLeaves(USUAL_LEAVES).build()
                    : trees.but().maxDepth(USUAL_DEPTH).maxLeaves(0).build());

    static final Quantity<TreesConfiguration, Double> DEPTH = quantity(
                    "depth",
                    "levels of a tree",
                    (TreesConfiguration trees) -> (double) trees.maxDepth(),
                    (trees, levels) -> trees.but().maxDepth(levels.intValue()).build())
            .when("where levels limit a tree", trees -> trees.maxDepth() > 0);

    static final Quantity<TreesConfiguration, Double> LEAVES = quantity(
                    "leaves",
                    "leaves of a tree",
                    (TreesConfiguration trees) -> (double) trees.maxLeaves(),
                    (trees, leaves) -> trees.but().maxLeaves(leaves.intValue()).build())
            .when("where leaves limit a tree", trees -> trees.maxLeaves() > 0);

    static final Quantity<TreesConfiguration, Double> LEAF_WEIGHT = quantity(
            "leaf weight",
            "least sum of hessians in a leaf: rows, where errors are squared",
            TreesConfiguration::minChildWeight,
            (trees, weight) -> trees.but().minChildWeight(weight).build());

    static final Quantity<TreesConfiguration, Double> ROW_SAMPLE = quantity(
            "data fraction", "share of the rows per tree", TreesConfiguration::rowSample, (trees, share) -> trees.but()
                    .rowSample(share)
                    .build());

    static final Quantity<TreesConfiguration, Double> COLUMN_SAMPLE = quantity(
            "columns",
            "share of the columns per tree, in a forest per split",
            TreesConfiguration::columnSample,
            (trees, share) -> trees.but().columnSample(share).build());

    static final Quantity<TreesConfiguration, Double> L2 = quantity(
            "L2", "penalty on squared leaf values, as rows", TreesConfiguration::l2, (trees, penalty) -> trees.but()
                    .l2(penalty)
                    .build());

    static final Quantity<TreesConfiguration, Double> L1 = quantity(
            "L1",
            "penalty on absolute leaf values, as sums of gradients",
            TreesConfiguration::l1,
            (trees, penalty) -> trees.but().l1(penalty).build());

    static final Quantity<TreesConfiguration, Double> BINS =
            quantity("bins", "bins of a numeric column", trees -> (double) trees.maxBins(), (trees, bins) -> trees.but()
                    .maxBins(bins.intValue())
                    .build());

    static final Quantity<TreesConfiguration, Bag> BAGGING = Quantity.<TreesConfiguration, Bag>quantity(
                    "bagging", "four models per fold", Bag::of, (trees, bag) -> trees.but()
                            .bagging(bag.bagging())
                            .build())
            .on("on up to 2,000 rows", Bag::pays);

    static final Quantity<TreesConfiguration, BoostingBase> BASE = Quantity.<TreesConfiguration, BoostingBase>quantity(
            "base",
            "what the trees correct",
            trees -> trees.base().orElse(BoostingBase.CONSTANT),
            (trees, base) -> trees.but()
                    .base(Optional.of(base).filter(b -> b != BoostingBase.CONSTANT))
                    .build());

    static final Quantity<TreesConfiguration, Double> PAIRS = Quantity.<TreesConfiguration, Double>quantity(
                    "pairs",
                    "columns of two numbers",
                    trees -> (double) trees.pairs().orElse(0),
                    (trees, most) -> trees.but()
                            .pairs(Optional.of(most.intValue()).filter(columns -> columns > 0))
                            .build())
            .on(Pairs.CONDITION, Pairs::mayBeMade);

    private TreesQuantities() {}

    /** Rounds of so much progress, to the whole number towards what is usual: the other one may lie outside of what was chosen from. */
    private static int patience(double progress, double rate) {
        double rounds = progress / rate;
        double whole = progress < USUAL_PROGRESS ? Math.ceil(rounds) : Math.floor(rounds);
        return (int) Math.max(LEAST_PATIENCE, Math.min(MOST_PATIENCE, whole));
    }
}
