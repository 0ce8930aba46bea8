package io.millrace.planner.core;

import io.millrace.configuration.Configuration;

/**
 * A configuration that waits for its turn.
 *
 * @param configuration what to train
 * @param reason why, as a sentence
 */
public record Proposal(Configuration configuration, String reason) {}
