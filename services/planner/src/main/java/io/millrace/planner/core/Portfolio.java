package io.millrace.planner.core;

import io.millrace.configuration.Activation;
import io.millrace.configuration.BoostingBase;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.NumberForm;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.DatasetProfiled;
import io.millrace.planner.core.space.NetworkQuantities;
import io.millrace.planner.core.space.Pairs;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configurations that every search begins with, best bets first. Edit the list in {@link #all()}: its order is
 * the order of trial. Boosting stands first because it needs no range test and starts while the first ones run.
 */
final class Portfolio {
    /** Half of XGBoost's usual number costs no accuracy worth naming and less time. */
    private static final int BINS = 128;
    /**
     * Of hundreds of numbers that tell much the same, a tree needs neither all nor where exactly they lie (MNIST: loss .97 times that
     * of .8 of the columns at 128 bins, for .41 times the time, most of which goes into looking through bins).
     */
    private static final int PIXEL_BINS = 32;

    /** Share of the columns that a tree sees of them. */
    private static final double PIXEL_COLUMNS = 0.2;
    /** Columns of two numbers each that trees see, */
    private static final int PAIRS = 16;

    /** and in classifications, where more crowd out what tells more, or in networks. */
    private static final int FEW_PAIRS = 8;
    /** Up to so many rows Gaussian models, neighbours and forests are among the first. */
    private static final long FEW = 10_000;

    /** The usual boosting as it is where there is time, to measure budgets by. */
    static final TreesConfiguration USUAL =
            new TreesConfiguration(TreesConfiguration.BOOSTING, 750, .08, 6, 0, 2, .9, .8, 1, 0, 256, 31);

    private final DatasetProfiled dataset;
    private final NetworkDefaults networks;
    private final double haste;

    Portfolio(DatasetProfiled dataset) {
        this.dataset = dataset;
        this.networks = new NetworkDefaults(dataset);
        this.haste = haste(dataset);
    }

    /** Those of the families that the user allows; where the data make two the same, the first of them. */
    List<Proposal> proposals() {
        Set<Configuration> known = new HashSet<>();
        return all().filter(p -> dataset.settings().allows(p.configuration()) && known.add(p.configuration()))
                .toList();
    }

    private Stream<Proposal> all() {
        return Stream.of(
                // learning rate, depth, leaves, min child weight, rows, columns, l2
                usual(),
                pairedInRegressions(fewColumns()),
                overLinearModel(),
                onFewRows(gaussian(NumberForm.CLIPPED)),
                pairedInRegressions(piecewise(
                        "a plain network on piecewise-linear numbers", mlp(Activation.RELU, .1, 1e-2, 256, 128))),
                pairedInRegressions(boosting("few rows and columns per tree", .05, 4, 0, 2, .5, .4, 1)),
                network("the linear model that others must beat", networks.linear()),
                onFewRows(neighbours()),
                pairedInRegressions(piecewise("TabM on piecewise-linear numbers", networks.tabm(.1, 1e-2, 128, 128))),
                pairedInRegressions(network(
                        "RealMLP as published, smooth", networks.real(Activation.MISH, .15, 2e-2, 256, 256, 256))),
                boosting("leaves grown where they help most", .06, 0, 31, 5, .8, .7, 2),
                paired(fewColumns()),
                piecewise("residual blocks on piecewise-linear numbers", networks.resnet(.1, 1e-2, 128, 256, 256)),
                onFewRows(gaussian(NumberForm.PLAIN)),
                boosting("strongly regularised boosting", .04, 5, 0, 10, .7, .5, 10),
                network("RealMLP's simple form", networks.simple(Activation.SELU, 256, 256, 256)),
                onFewRows(forest()),
                network("RealMLP, smaller and with more dropout", networks.real(Activation.MISH, .35, 5e-2, 128, 128)),
                boosting("slow, few leaves of few rows and columns", .03, 0, 16, 1, .6, .5, .5),
                network("TabM on plain numbers", networks.tabm(.1, 1e-2, 128, 128)),
                network("a plain network", mlp(Activation.RELU, 0, 1e-2, 256, 128)),
                network("RealMLP, self-normalising", networks.real(Activation.SELU, .15, 2e-2, 256, 256, 256)),
                boosting("shallow trees, which overfit least", .1, 3, 0, 1, .9, .8, 1),
                piecewise(
                        "RealMLP on piecewise-linear numbers",
                        networks.real(Activation.MISH, .15, 2e-2, 256, 256, 256)),
                boosting("four leaves of few columns", .05, 0, 4, 10, 1, .3, 2),
                piecewise("a smooth network on piecewise-linear numbers", mlp(Activation.MISH, .25, 2e-2, 384, 192)),
                boosting("stumps and a little more", .15, 2, 0, 1, .9, .9, 1),
                network("residual blocks", networks.resnet(.1, 1e-2, 128, 256, 256)),
                boosting("many small leaves", .05, 0, 63, 1, .9, .6, 5),
                piecewise("a wider TabM", networks.tabm(.2, 2e-2, 256, 256)),
                network(
                        "momentum in place of Adam",
                        networks.mlp(Optimizer.NESTEROV, Activation.RELU, .1, 1e-4, 256, 128)),
                boosting("slow and deep with sampled columns", .03, 8, 0, 3, .8, .5, 3),
                network("a small network", mlp(Activation.MISH, 0, 2e-2, 64, 64)),
                network("RealMLP, wider", networks.real(Activation.MISH, .25, 2e-2, 384, 384, 384)),
                boosting("deep and regularised", .06, 9, 0, 20, .8, .6, 20),
                piecewise("boosted small networks err differently", networks.boosted(6, .1, 1e-2, 128, 64)),
                network("a wide network", mlp(Activation.RELU, .25, 2e-2, 512, 256)),
                forest("a forest with more columns per split", 0.7),
                forest(),
                neighbours(),
                gaussian(NumberForm.CLIPPED),
                gaussian(NumberForm.PLAIN));
    }

    private Proposal usual() {
        return boosting("the usual boosting", .08, 6, 0, 2, .9, .8, 1);
    }

    /**
     * Loss in a fold by that of the usual boosting: titanic .966, credit_g .983, adult .985, students_dropout .990, bank_marketing 1.013.
     * In regressions trees of few columns learn less (abalone 1.005, california_housing 1.026, diamonds 1.033, bike_sharing_hour 1.068),
     * so that these have no such entry of their own.
     */
    private Proposal fewColumns() {
        return dataset.task().isClassification()
                ? boosting("all rows, few columns per tree", .05, 6, 0, 1, 1, .4, .5)
                : usual();
    }

    /**
     * Loss out of fold with pairs by that without, of the usual boosting and of few rows and columns: california_housing .92 and .88,
     * abalone .99 and .97, diamonds .98; of networks .96 to .99, .97 and .98. In classifications there is as much to lose as to
     * gain (modelling README).
     */
    private Proposal pairedInRegressions(Proposal plain) {
        return dataset.task().isClassification() ? plain : paired(plain);
    }

    private Proposal paired(Proposal plain) {
        Configuration paired = Pairs.mayBeMade(dataset) ? paired(plain.configuration()) : plain.configuration();
        return paired.equals(plain.configuration())
                ? plain
                : new Proposal(paired, plain.reason() + " It sees two numbers at a time, too.");
    }

    private Configuration paired(Configuration plain) {
        if (plain instanceof NetworkConfiguration network) {
            return networks.paired(network, FEW_PAIRS);
        }
        int pairs = dataset.task().isClassification() ? FEW_PAIRS : PAIRS;
        return ((TreesConfiguration) plain).but().pairs(Optional.of(pairs)).build();
    }

    /**
     * Error with 16 pairs by that without: california_housing .92, diamonds .96, abalone .996; of many rows, where a trial takes half as
     * long again and a linear model knows most of what pairs add, hflights 1.01.
     */
    private Proposal overLinearModel() {
        TreesConfiguration trees = (TreesConfiguration) fewColumns().configuration();
        Proposal plain = new Proposal(
                trees.but().base(Optional.of(BoostingBase.LINEAR)).build(),
                sentence("boosting of what a linear model leaves"));
        return dataset.trainingRows() <= Regime.LARGE ? pairedInRegressions(plain) : plain;
    }

    private NetworkConfiguration mlp(Activation activation, double dropout, double weightDecay, int... hidden) {
        return networks.mlp(Optimizer.ADAMW, activation, dropout, weightDecay, hidden);
    }

    private Proposal piecewise(String reason, NetworkConfiguration network) {
        return network(reason, networks.piecewise(network));
    }

    private Proposal boosting(
            String reason,
            double unhurried,
            int depth,
            int leaves,
            double minChildWeight,
            double rows,
            double columns,
            double l2) {
        double learningRate = Math.min(Math.max(0.3, unhurried), unhurried * haste);
        return new Proposal(
                new TreesConfiguration(
                        TreesConfiguration.BOOSTING,
                        rounds(learningRate),
                        learningRate,
                        depth,
                        leaves,
                        childWeight(minChildWeight),
                        rows,
                        hasPixels() ? Math.min(columns, PIXEL_COLUMNS) : columns,
                        l2,
                        0,
                        bins(),
                        patience(learningRate)),
                sentence(reason));
    }

    /**
     * Least weight of a leaf. A row counts as 1 in regressions, in classifications as what its chance leaves open, p (1 - p): with a
     * weight that means as many rows no leaf is left to split where rows are nearly certain. A tenth of it takes a fold's loss by .74
     * (wine), .81 (digits), .97 to 1.01 (titanic, credit_g, adult, students_dropout, nyc_squirrels) and 1.05 (breast_cancer).
     */
    private double childWeight(double rows) {
        double some = dataset.trainingRows() < 1000 ? Math.min(rows, 3) : rows;
        return dataset.task().isClassification() ? some / 10 : some;
    }

    private int bins() {
        return hasPixels() ? PIXEL_BINS : BINS;
    }

    private boolean hasPixels() {
        return NetworkDefaults.hasPixels(dataset);
    }

    /** Rounds at most of boosting at a learning rate: early stopping ends it before. */
    static int rounds(double learningRate) {
        return (int) Math.min(3000, Math.round(60 / learningRate));
    }

    /** Rounds without a better score that boosting at a learning rate should bear. */
    static int patience(double learningRate) {
        return (int) Math.round(Math.min(100, Math.max(20, 2.5 / learningRate)));
    }

    private Proposal forest() {
        return forest("a forest errs differently from boosting", dataset.task().isClassification() ? .25 : .5);
    }

    private Proposal forest(String reason, double columns) {
        int trees = dataset.trainingRows() > Regime.LARGE ? 50 : dataset.trainingRows() > Regime.SMALL ? 100 : 200;
        return new Proposal(
                new TreesConfiguration(TreesConfiguration.FOREST, trees, 1, 14, 0, 2, .63, columns, 0.1, 0, bins(), 1),
                sentence(reason));
    }

    private static Proposal neighbours() {
        return new Proposal(
                new NeighboursConfiguration(8_192, 200, 128, .1, .6, 3, 60),
                sentence("what is near errs differently from what is cut or bent"));
    }

    /** Time grows with the columns' cube where there are classes, else with the references'. */
    private Proposal gaussian(NumberForm numbers) {
        int columns = dataset.task().isClassification() ? 150 : 400;
        return new Proposal(
                new GaussianConfiguration(numbers, columns, 1_000),
                sentence("a Gaussian model, solved for in no time, of "
                        + (numbers == NumberForm.PLAIN ? "plain" : "clipped") + " numbers"));
    }

    /** What is the better model, or the other one, on few rows and no match on many (modelling README), where it comes last. */
    private Proposal onFewRows(Proposal proposal) {
        return dataset.trainingRows() <= FEW ? proposal : usual();
    }

    private static Proposal network(String reason, NetworkConfiguration network) {
        return new Proposal(network, sentence(reason));
    }

    private static String sentence(String reason) {
        return "Part of every search: " + reason + ".";
    }

    /** The trial of a run that has no result yet when its time is over: small enough to end soon on any data. */
    static Proposal rescue() {
        return new Proposal(
                new TreesConfiguration(TreesConfiguration.BOOSTING, 30, 0.3, 4, 0, 1, 1, 1, 1, 0, 64, 10),
                "Nothing usable was there when the time was over, so something small is trained.");
    }

    /**
     * By how much boosting must hurry: where a fold of the usual boosting would take more than a quarter of the budget (many
     * rows; hundreds of columns and ten classes), it makes fewer, larger steps, and on large data sees fewer rows besides.
     */
    private static double haste(DatasetProfiled dataset) {
        double seconds = new CostModel(dataset).seconds(Costs.NONE, USUAL, 1, Optional.empty());
        return dataset.settings()
                .budget()
                .filter(b -> dataset.settings().trials().isEmpty())
                .map(b -> Math.min(4, Math.max(1, seconds / (BudgetClock.seconds(b) * 0.25))))
                .orElse(1.0);
    }

    /** Whether labels may be smoothed: a metric of probabilities is hurt by it. */
    static boolean smoothsLabels(DatasetProfiled dataset) {
        return NetworkQuantities.smoothsLabels(dataset);
    }
}
