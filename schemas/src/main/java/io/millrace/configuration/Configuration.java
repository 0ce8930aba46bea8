package io.millrace.configuration;

import java.util.List;
import java.util.stream.Stream;

/** What a trial trains. On the wire the property {@code kind} ({@code network} or {@code trees}) tells which. */
public sealed interface Configuration permits NetworkConfiguration, TreesConfiguration {
    /** Every family there is. */
    List<String> FAMILIES = Stream.of(
                    Stream.of(TreesConfiguration.BOOSTING, TreesConfiguration.FOREST),
                    NetworkConfiguration.NETWORKS.stream())
            .flatMap(families -> families)
            .toList();

    /** Short name under which the leaderboard lists it, such as {@code mlp} or {@code boosting}. */
    String family();
}
