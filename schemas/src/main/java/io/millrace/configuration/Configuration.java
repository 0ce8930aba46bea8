package io.millrace.configuration;

/** What a trial trains. On the wire the property {@code kind} ({@code network} or {@code trees}) tells which. */
public sealed interface Configuration permits NetworkConfiguration, TreesConfiguration {
    /** Short name under which the leaderboard lists it, such as {@code mlp} or {@code boosting}. */
    String family();
}
