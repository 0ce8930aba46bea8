package io.millrace.planner.core;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.RunSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Goes on at random where the {@link Portfolio} ends: samples the search space, or varies one of the leaders, which is what
 * the opponents of {@link GuidedProposals} do. The same seed, index and leaders give the same proposal.
 */
final class RandomConfigurations {
    private static final double VARY_A_LEADER = 0.7;
    private static final int LEADERS = 6;
    private static final int FAMILY_LEADERS = 2;
    private static final List<int[]> REAL_SHAPES =
            List.of(new int[] {256, 256, 256}, new int[] {128, 128}, new int[] {384, 384});
    private static final List<Integer> WIDTHS = List.of(64, 128, 192, 256, 384, 512);

    private final NetworkDefaults networks;
    private final Portfolio portfolio;
    private final RunSettings settings;

    RandomConfigurations(DatasetProfiled dataset) {
        this.networks = new NetworkDefaults(dataset);
        this.portfolio = new Portfolio(dataset);
        this.settings = dataset.settings();
    }

    /**
     * Proposes.
     *
     * @param index how many were proposed before
     * @param ranked trials, best first
     */
    Proposal propose(int index, List<Trial> ranked) {
        SplittableRandom random = random(index);
        List<Trial> leaders = leaders(ranked);
        if (!leaders.isEmpty() && random.nextDouble() < VARY_A_LEADER) {
            // The better of two draws: leaders further up are varied more often.
            Trial leader = leaders.get(Math.min(random.nextInt(leaders.size()), random.nextInt(leaders.size())));
            return new Proposal(
                    vary(leader.configuration(), random),
                    "Varies " + leader.name() + ", which is among the best so far.");
        }
        return sample(random);
    }

    /** Samples without a look at results: random search. */
    Proposal sample(int index) {
        return sample(random(index));
    }

    SplittableRandom random(int index) {
        return new SplittableRandom(Seeds.of(settings.seed(), "proposal", index));
    }

    Proposal sample(SplittableRandom random) {
        Configuration sampled = random.nextDouble() < 0.6 ? sampleBoosting(random) : sampleNetwork(random);
        return settings.allows(sampled)
                ? new Proposal(sampled, "Sampled from the search space, away from what was tried.")
                : new Proposal(
                        vary(any(portfolio.proposals(), random).configuration(), random),
                        "Varies a configuration of the families that were asked for.");
    }

    private static <T> T any(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    /** The best, though no family fills the list: variants of one model err alike and make a poor ensemble. */
    static List<Trial> leaders(List<Trial> ranked) {
        Map<String, Integer> perFamily = new HashMap<>();
        return ranked.stream()
                .filter(t -> t.best().isPresent() && !t.isProbe() && !t.stopped())
                .filter(t -> perFamily.merge(t.configuration().family(), 1, Integer::sum) <= FAMILY_LEADERS)
                .limit(LEADERS)
                .toList();
    }

    private Configuration vary(Configuration configuration, SplittableRandom random) {
        return configuration instanceof NetworkConfiguration network
                ? vary(network, random)
                : vary((TreesConfiguration) configuration, random);
    }

    /** Keeps what a range depends on, so that the variant can start at once. */
    private static NetworkConfiguration vary(NetworkConfiguration n, SplittableRandom random) {
        double longer = random.nextDouble() < 0.5 ? 1 : scale(random, 0.7, 1.6);
        int epochs = (int) Math.max(4, Math.round(n.epochs() * longer));
        return n.but()
                .dropout(
                        n.hidden().isEmpty()
                                ? 0
                                : rounded(Math.min(0.5, Math.max(0, n.dropout() + between(random, -.12, .12)))))
                .weightDecay(rounded(Math.max(1e-5, n.weightDecay()) * scale(random, 0.3, 3)))
                .epochs(epochs)
                .patience(Math.max(4, Math.round((float) n.patience() * epochs / n.epochs())))
                .build();
    }

    private static TreesConfiguration vary(TreesConfiguration t, SplittableRandom random) {
        boolean forest = t.family().equals(TreesConfiguration.FOREST);
        int depth = t.maxDepth() == 0 ? 0 : Math.max(2, t.maxDepth() + random.nextInt(-1, 2));
        int leaves = t.maxLeaves() == 0 ? 0 : (int) Math.max(4, Math.round(t.maxLeaves() * scale(random, 0.6, 1.7)));
        double learningRate =
                forest ? 1 : rounded(Math.min(0.3, Math.max(0.015, t.learningRate() * scale(random, 0.6, 1.6))));
        return new TreesConfiguration(
                t.family(),
                t.rounds(),
                learningRate,
                depth,
                leaves,
                rounded(Math.max(0.5, t.minChildWeight() * scale(random, 0.5, 2))),
                rounded(Math.min(1, Math.max(0.4, t.rowSample() + between(random, -.15, .15)))),
                rounded(Math.min(1, Math.max(0.2, t.columnSample() + between(random, -.2, .2)))),
                rounded(t.l2() * scale(random, 0.4, 2.5)),
                random.nextDouble() < 0.3 ? rounded(scale(random, 0.01, 2)) : t.l1(),
                t.maxBins(),
                t.patience());
    }

    private static TreesConfiguration sampleBoosting(SplittableRandom random) {
        boolean byDepth = random.nextBoolean();
        double learningRate = rounded(scale(random, 0.02, 0.15));
        return new TreesConfiguration(
                TreesConfiguration.BOOSTING,
                Portfolio.rounds(learningRate),
                learningRate,
                byDepth ? random.nextInt(2, 10) : 0,
                byDepth ? 0 : random.nextInt(8, 96),
                rounded(scale(random, 0.5, 30)),
                rounded(between(random, 0.5, 1)),
                rounded(between(random, 0.3, 1)),
                rounded(scale(random, 0.1, 20)),
                0,
                256,
                Portfolio.patience(learningRate));
    }

    private NetworkConfiguration sampleNetwork(SplittableRandom random) {
        if (random.nextDouble() < 0.5) {
            return networks.real(
                    random.nextBoolean() ? Activation.MISH : Activation.SELU,
                    rounded(between(random, 0, .4)),
                    rounded(scale(random, 1e-3, 1e-1)),
                    any(REAL_SHAPES, random));
        }
        int width = any(WIDTHS, random);
        int[] hidden = random.ints(random.nextInt(1, 5), 0, 2)
                .map(half -> half == 0 ? width : width / 2)
                .toArray();
        Activation activation = Activation.values()[random.nextInt(Activation.values().length)];
        Optimizer optimizer = random.nextDouble() < 0.7 ? Optimizer.ADAMW : Optimizer.NESTEROV;
        NetworkConfiguration mlp = networks.mlp(
                optimizer, activation, rounded(between(random, 0, .4)), rounded(scale(random, 1e-4, 5e-2)), hidden);
        return optimizer == Optimizer.ADAMW && random.nextBoolean() ? networks.piecewise(mlp) : mlp;
    }

    private static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Uniform on a logarithmic scale. */
    private static double scale(SplittableRandom random, double low, double high) {
        return Math.exp(between(random, Math.log(low), Math.log(high)));
    }

    /** Three significant digits: as good, and people can read it. */
    static double rounded(double value) {
        return value == 0
                ? 0
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(3))
                        .doubleValue();
    }
}
