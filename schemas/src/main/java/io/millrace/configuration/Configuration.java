package io.millrace.configuration;

import java.util.List;

/** What a trial trains. On the wire the property {@code kind} ({@code network} or {@code trees}) tells which. */
public sealed interface Configuration permits NetworkConfiguration, TreesConfiguration {
    /** Every family there is. */
    List<String> FAMILIES = List.of(
            TreesConfiguration.BOOSTING,
            TreesConfiguration.FOREST,
            NetworkConfiguration.LINEAR,
            NetworkConfiguration.MLP,
            NetworkConfiguration.RESNET,
            NetworkConfiguration.TABM,
            NetworkConfiguration.REALMLP,
            NetworkConfiguration.REALMLP_S);

    /** Short name under which the leaderboard lists it, such as {@code mlp} or {@code boosting}. */
    String family();
}
