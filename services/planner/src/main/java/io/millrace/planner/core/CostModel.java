package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.DatasetProfiled;
import java.util.Optional;
import java.util.Set;

/**
 * Predicts what training costs: arithmetic per row, times rows, times the measured or the customary time per operation.
 * Early stopping makes it rough; it only has to tell what fits from what does not.
 */
final class CostModel {
    /** Measured on one core: about 3e10 multiply-adds per second at batches of some hundred rows. */
    private static final double NETWORK_SECONDS = 1 / 3e10;
    /** Histogram boosting: some 1.5e8 cells per second and tree level. */
    private static final double TREES_SECONDS = 1 / 1.5e8;
    /**
     * What looking through a bin of a node's histogram takes, in cells of rows (measured with XGBoost 2.1 on 11,000 rows at 32 to 128
     * bins and depths of 10 to 14: 1.9 and 8.7 ns). On few rows the many small nodes of deep trees cost more than the rows in them.
     */
    private static final double BIN = 0.22;
    /** What a column of words costs trees, most of whose cells are 0, in columns (XGBoost 2.1, 1,780 rows, 260 words beside 23 numbers). */
    private static final double WORD = 0.03;
    /**
     * What a product of two numbers takes in fitting the linear model that trees correct, in cells (4,180 rows of a text of 1,000 words and
     * more: .37 s a fold).
     */
    private static final double PRODUCT = 0.04;
    /** Columns that two numbers are made into, of which the best are looked for, */
    private static final double OF_TWO = 4;
    /**
     * and what one takes of the time of a column, as rows take time of their own: with 16 columns of two beside 9 a fold of
     * california_housing took 2.1 times the time, of abalone (8) 3.5 times, much of which is the search.
     */
    private static final double PAIR_COLUMN = 0.5;
    /** Trees of fewer levels take more rounds until they learn nothing more. */
    private static final double USUAL_DEPTH = 6;
    /** Multiply-adds in whose time a hidden unit's activation is computed forward and backward. */
    private static final double UNIT_OVERHEAD = 60;
    /**
     * The same for its layer norm (measured: 6.7 ns forward and backward), where a configuration has one of its own: those of residual
     * networks are part of what is measured of the family.
     */
    private static final double NORMALISED = 200;
    /** The same for a row's gathering, loss and prediction. */
    private static final double ROW_OVERHEAD = 5e3;
    /** What a member of TabM takes of the time of a network alone: all are one product of tall matrices (1.8 to 2.3 times as fast). */
    private static final double MEMBER = 0.5;
    /** The same for the embedding of a number. */
    private static final double EMBEDDED = 4e3;
    /** The same for what a row and a neighbour take beside their distance: the exponential above all. */
    private static final double PAIR = 500;

    /** What a multiply-add takes in Gaussian models, in those of networks. */
    private static final double SOLVED = 20;
    /** Regularisations that a Gaussian model compares, about. */
    private static final double COMPARED = 25;

    /** Families of networks with hidden layers. */
    static final Set<String> DEEP = Set.of(
            NetworkConfiguration.MLP,
            NetworkConfiguration.REALMLP,
            NetworkConfiguration.REALMLP_S,
            NetworkConfiguration.TABM,
            NetworkConfiguration.RESNET,
            NetworkConfiguration.BOOSTED);

    private final DatasetProfiled dataset;

    CostModel(DatasetProfiled dataset) {
        this.dataset = dataset;
    }

    /** Training rows of a fold. */
    double foldRows(Optional<Integer> rowLimit) {
        double all = dataset.trainingRows() * (dataset.folds() - 1.0) / Math.max(1, dataset.folds());
        return rowLimit.map(limit -> Math.min(limit, all)).orElse(all);
    }

    /** Operations of a trial over its folds. */
    double units(Configuration configuration, int folds, Optional<Integer> rowLimit) {
        double rows = foldRows(rowLimit);
        double model;
        double once = 0;
        if (configuration instanceof NetworkConfiguration network) {
            model = network.epochs()
                    * perRowAndEpoch(network)
                    * rows
                    * network.rowSample().orElse(1.0);
        } else if (configuration instanceof NeighboursConfiguration neighbours) {
            model = operations(neighbours, rows);
        } else if (configuration instanceof GaussianConfiguration gaussian) {
            model = operations(gaussian, rows);
        } else {
            TreesConfiguration trees = (TreesConfiguration) configuration;
            model = operations(trees, rows);
            once = trees.pairs().isPresent() ? pairSearch(rows) : 0;
        }
        return Math.max(1, (model * SeedBags.models(dataset, configuration) + once) * folds);
    }

    /** Seconds of training, from what the family was measured at, or else from what is customary. */
    double seconds(Costs costs, Configuration configuration, int folds, Optional<Integer> rowLimit) {
        Double measured = costs.secondsPerUnit().get(configuration.family());
        double rate = measured == null ? customary(costs, configuration) : measured;
        return costs.wall(rate * units(configuration, folds, rowLimit));
    }

    private double perRowAndEpoch(NetworkConfiguration network) {
        boolean real = network.family().equals(NetworkConfiguration.REALMLP);
        NumberEmbedding numbers = network.numbersOrUsual();
        double quantities = dataset.numericFeatures() + network.pairs().orElse(0);
        double inputs = inputs(columns(numbers), quantities);
        double embedded = numbers == NumberEmbedding.NONE ? 0 : EMBEDDED * quantities;
        boolean normalised =
                network.normalisation().filter(Normalisation.LAYER::equals).isPresent();
        double unit = UNIT_OVERHEAD * (real ? 2 : 1) + (normalised ? NORMALISED : 0);
        double body = 0;
        for (int width : network.hidden()) {
            body += 3 * inputs * width + unit * width;
            inputs = width;
        }
        return embedded + members(network) * (body + 3 * inputs * dataset.outputs()) + ROW_OVERHEAD;
    }

    /** Columns that a network or a linear model takes where a number becomes so many. */
    private double inputs(double columnsOfNumber) {
        return inputs(columnsOfNumber, dataset.numericFeatures());
    }

    private double inputs(double columnsOfNumber, double numbers) {
        return columnsOfNumber * numbers
                + 6.0 * dataset.categoricalFeatures()
                + textColumns(NetworkConfiguration.MOST_TERMS);
    }

    /** Columns that the texts become where one becomes no more than some: as many as are known, or as there may be. */
    private double textColumns(int mostOfOne) {
        double most = (double) mostOfOne * dataset.textFeatures();
        return dataset.textTerms().map(terms -> Math.min(terms, most)).orElse(most);
    }

    /** Columns that a number becomes. */
    private static double columns(NumberEmbedding numbers) {
        return switch (numbers) {
            case NONE -> 1;
            case PERIODIC -> 4;
            case PIECEWISE_LINEAR -> 9;
        };
    }

    private static double members(NetworkConfiguration network) {
        return network.family().equals(NetworkConfiguration.TABM)
                ? MEMBER * network.members().orElse(NetworkConfiguration.MEMBERS)
                : 1;
    }

    private double operations(TreesConfiguration trees, double rows) {
        double columns = dataset.numericFeatures() + dataset.categoricalFeatures();
        boolean forest = trees.family().equals(TreesConfiguration.FOREST);
        double levels =
                trees.maxLeaves() > 0 ? Math.log(trees.maxLeaves()) / Math.log(2) : Math.max(1, trees.maxDepth());
        double rounds = forest
                ? trees.rounds()
                : Math.min(trees.rounds(), 15 / trees.learningRate() * Math.max(1, USUAL_DEPTH / levels));
        double treesPerRound = dataset.outputs() > 2 ? dataset.outputs() : 1;
        // Rows that are not sampled cost the same: XGBoost gives them gradients of 0.
        double numbers = columns + PAIR_COLUMN * trees.pairs().orElse(0);
        double cells = rows * levels * (numbers + WORD * textColumns(TreesConfiguration.MOST_WORDS));
        double bins = numbers * trees.maxBins() * nodes(trees, rows);
        double grown = (cells + BIN * bins) * rounds * treesPerRound * trees.columnSample();
        return grown + (trees.correctsLinearModel() ? PRODUCT * linear(rows) : 0);
    }

    /**
     * What the trees take that tell the best pairs of a fold's rows: a few on the columns alone, on either half of the rows, and more on all
     * pairs, too. All that later ask for pairs of these rows know them, so that networks, whose pairs boosting's come before, are not charged.
     */
    private double pairSearch(double rows) {
        double columns = dataset.numericFeatures() + dataset.categoricalFeatures();
        double paired = Math.min(TreesConfiguration.PAIRED, columns);
        double pairs = OF_TWO * paired * (paired - 1) / 2;
        double trees = TreesConfiguration.PAIR_TREES_BEFORE * columns
                + TreesConfiguration.PAIR_TREES * (columns + PAIR_COLUMN * pairs);
        return USUAL_DEPTH * Math.min(TreesConfiguration.PAIR_ROWS, rows) * trees;
    }

    /** Products in fitting a linear model: a penalty is looked for in a few factorisations, then steps are taken where there are classes. */
    private double linear(double rows) {
        double columns = Math.min(TreesConfiguration.LINEAR_COLUMNS, inputs(2));
        double outputs = dataset.outputs() == 2 ? 1 : dataset.outputs();
        double cells = Math.min(TreesConfiguration.LINEAR_CELLS, rows * columns * outputs);
        // A step predicts from each cell and adds it to a slope.
        double steps = dataset.task().isClassification() ? 2.0 * TreesConfiguration.LINEAR_STEPS * cells : 0;
        return columns * columns * columns + steps;
    }

    /** Multiply-adds: of steps, which see so many references at most, of checks on the way, and of the prediction of a fold. */
    private double operations(NeighboursConfiguration neighbours, double rows) {
        double columns = inputs(1);
        double remembered = Math.min(rows, neighbours.references());
        double fold = rows / Math.max(1, dataset.folds() - 1.0);
        double looks = neighbours.steps() / (double) NeighboursConfiguration.CHECKED_EVERY;
        double checks = looks * Math.min(fold, NeighboursConfiguration.MOST_CHECKED) + fold;
        double pairs = neighbours.steps()
                * neighbours.batchSize()
                * Math.min(remembered, NeighboursConfiguration.STEP_REFERENCES);
        return pairs * (2 * columns + PAIR) + checks * remembered * (columns + PAIR);
    }

    /**
     * Multiply-adds in the time that this takes: products of columns or of likenesses over the rows, and what is compared, factors of
     * covariances per class and part of the rows, or of rows.
     */
    private double operations(GaussianConfiguration gaussian, double rows) {
        double columns = Math.min(gaussian.columns(dataset.outputs()), inputs(1));
        double references = Math.min(gaussian.references(), rows);
        double fold = rows / Math.max(1, dataset.folds() - 1.0);
        if (dataset.task().isClassification()) {
            double factors = GaussianConfiguration.PARTS * columns / 3;
            return SOLVED
                    * columns
                    * columns
                    / 2
                    * (rows + dataset.outputs() * (COMPARED * (references + factors) + fold));
        }
        double remembered = Math.min(references, Math.sqrt(2 * GaussianConfiguration.MOST_PRODUCTS / rows));
        double compared = Math.min(rows, GaussianConfiguration.MOST_COMPARED);
        double factors = (COMPARED * compared * compared * compared + remembered * remembered * remembered) / 6;
        double likenesses = (rows + fold) * remembered * (columns + 20);
        return SOLVED * (factors + likenesses + rows * remembered * remembered / 2);
    }

    /** Inner nodes of a tree at most: no more than rows can fill. */
    private static double nodes(TreesConfiguration trees, double rows) {
        if (trees.maxLeaves() > 0) {
            return trees.maxLeaves();
        }
        double fullest = Math.max(1, rows / (2 * Math.max(1, trees.minChildWeight())));
        double nodes = 0;
        for (int level = 0; level < trees.maxDepth(); level++) {
            nodes += Math.min(Math.pow(2, level), fullest);
        }
        return nodes;
    }

    /** Seconds per epoch of a network as is customary, to choose the number of epochs by. */
    double customarySecondsPerEpoch(NetworkConfiguration network) {
        double models = SeedBags.models(dataset, network);
        return models * perRowAndEpoch(network) * foldRows(Optional.empty()) * NETWORK_SECONDS;
    }

    /** On a machine where other networks took longer than is customary, one of a new family will, too. */
    private static double customary(Costs costs, Configuration configuration) {
        return configuration instanceof TreesConfiguration
                ? TREES_SECONDS
                : DEEP.contains(configuration.family())
                        ? DEEP.stream()
                                .mapToDouble(family -> costs.secondsPerUnit().getOrDefault(family, 0.0))
                                .reduce(NETWORK_SECONDS, Math::max)
                        : NETWORK_SECONDS;
    }
}
