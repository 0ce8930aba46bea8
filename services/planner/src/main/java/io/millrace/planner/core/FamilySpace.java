package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What may be chosen of a configuration's family, declared number by number. What training costs (steps, size) stays near
 * the base, and what a network's learning-rate range depends on stays as it is, so that the variant can start at once.
 *
 * @param <C> kind of configuration
 */
final class FamilySpace<C extends Configuration> {
    private static final double MOST_RATE = 0.3;
    private static final double LEAST_RATE = 0.015;
    private static final int LEAST_EPOCHS = 4;

    private final C base;
    private final List<Choice<C>> choices;
    private final Builder<C> builder;

    /** A number that may be chosen, and where it stands in a configuration. */
    private record Choice<C>(Dimension dimension, ToDoubleFunction<C> of) {}

    private interface Builder<C> {
        C with(C base, double[] values);
    }

    private FamilySpace(C base, List<Choice<C>> choices, Builder<C> builder) {
        this.base = base;
        this.choices = choices;
        this.builder = builder;
    }

    static FamilySpace<?> around(Configuration base) {
        return base instanceof NetworkConfiguration network ? around(network) : around((TreesConfiguration) base);
    }

    private static FamilySpace<NetworkConfiguration> around(NetworkConfiguration base) {
        return new FamilySpace<>(
                base,
                List.of(
                        new Choice<>(
                                Dimension.linear(0, base.hidden().isEmpty() ? 0 : 0.5), NetworkConfiguration::dropout),
                        new Choice<>(Dimension.logarithmic(1e-5, 0.2), NetworkConfiguration::weightDecay),
                        new Choice<>(
                                Dimension.logarithmic(
                                        Math.max(LEAST_EPOCHS, 0.7 * base.epochs()),
                                        Math.max(LEAST_EPOCHS, 1.6 * base.epochs())),
                                NetworkConfiguration::epochs)),
                FamilySpace::network);
    }

    private static FamilySpace<TreesConfiguration> around(TreesConfiguration base) {
        double rate = base.learningRate();
        boolean byDepth = base.maxDepth() > 0;
        return new FamilySpace<>(
                base,
                List.of(
                        new Choice<>(
                                base.family().equals(TreesConfiguration.FOREST)
                                        ? Dimension.linear(rate, rate)
                                        : Dimension.logarithmic(
                                                Math.min(rate, Math.max(LEAST_RATE, 0.6 * rate)),
                                                Math.max(rate, Math.min(MOST_RATE, 1.6 * rate))),
                                TreesConfiguration::learningRate),
                        byDepth
                                ? new Choice<>(
                                        Dimension.linear(Math.max(2, base.maxDepth() - 2), base.maxDepth() + 2),
                                        TreesConfiguration::maxDepth)
                                : new Choice<>(
                                        Dimension.logarithmic(
                                                Math.max(4, 0.5 * base.maxLeaves()), Math.max(4, 2 * base.maxLeaves())),
                                        TreesConfiguration::maxLeaves),
                        new Choice<>(Dimension.logarithmic(0.5, 30), TreesConfiguration::minChildWeight),
                        new Choice<>(Dimension.linear(0.4, 1), TreesConfiguration::rowSample),
                        new Choice<>(Dimension.linear(0.2, 1), TreesConfiguration::columnSample),
                        new Choice<>(Dimension.logarithmic(0.05, 30), TreesConfiguration::l2)),
                FamilySpace::trees);
    }

    int dimensions() {
        return choices.size();
    }

    /** Where another configuration of the family lies, as {@link ParzenSearch} takes it. */
    double[] place(Configuration other) {
        @SuppressWarnings("unchecked") // a family has one kind of configuration
        C same = (C) other;
        return choices.stream()
                .mapToDouble(c -> c.dimension().place(c.of().applyAsDouble(same)))
                .toArray();
    }

    /** The variant of the base at a place. */
    Configuration at(double[] place) {
        return builder.with(
                base,
                IntStream.range(0, place.length)
                        .mapToDouble(i -> choices.get(i).dimension().value(place[i]))
                        .toArray());
    }

    private static NetworkConfiguration network(NetworkConfiguration base, double[] v) {
        int epochs = (int) Math.round(v[2]);
        return base.but()
                .dropout(RandomConfigurations.rounded(v[0]))
                .weightDecay(RandomConfigurations.rounded(v[1]))
                .epochs(epochs)
                .patience(Math.max(LEAST_EPOCHS, Math.round((float) base.patience() * epochs / base.epochs())))
                .build();
    }

    private static TreesConfiguration trees(TreesConfiguration base, double[] v) {
        AlteredTrees altered = new AlteredTrees(base);
        if (base.family().equals(TreesConfiguration.BOOSTING)) {
            double rate = RandomConfigurations.rounded(v[0]);
            double slower = base.learningRate() / rate;
            altered.steps(rate, (int) Math.min(Cures.MOST_ROUNDS, base.rounds() * slower), (int)
                    Math.min(Cures.MOST_PATIENCE, base.patience() * slower));
        }
        int size = (int) Math.round(v[1]);
        return altered.size(base.maxDepth() > 0 ? size : 0, base.maxDepth() > 0 ? 0 : size)
                .penalties(RandomConfigurations.rounded(v[2]), RandomConfigurations.rounded(v[5]))
                .samples(RandomConfigurations.rounded(v[3]), RandomConfigurations.rounded(v[4]))
                .build();
    }
}
