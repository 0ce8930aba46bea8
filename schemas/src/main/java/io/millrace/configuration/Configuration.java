package io.millrace.configuration;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a trial trains. On the wire the property {@code kind} ({@code network}, {@code trees}, {@code neighbours} or {@code gaussian}) tells which. */
public sealed interface Configuration
        permits NetworkConfiguration, TreesConfiguration, NeighboursConfiguration, GaussianConfiguration {
    /** Every family there is. */
    List<String> FAMILIES = Stream.of(
                    Stream.of(TreesConfiguration.BOOSTING, TreesConfiguration.FOREST),
                    NetworkConfiguration.NETWORKS.stream(),
                    Stream.of(NeighboursConfiguration.NEIGHBOURS, GaussianConfiguration.GAUSSIAN))
            .flatMap(families -> families)
            .toList();

    /** Short name under which the leaderboard lists it, such as {@code mlp} or {@code boosting}. */
    String family();

    /** How many models a fold trains; empty for what is usual. */
    Optional<Bagging> bagging();

    /**
     * How far training has come after a step, on a scale on which the configurations of a family can be compared: of a
     * network the share of its epochs, because schedules span them; of boosting the sum of the learning rates of its rounds,
     * because rounds of half the rate do half as much; of a forest the share of its trees; of neighbours the share of their steps; what is
     * solved for has a single step.
     *
     * @param step epoch, round, tree or step, from 1
     */
    double progress(int step);
}
