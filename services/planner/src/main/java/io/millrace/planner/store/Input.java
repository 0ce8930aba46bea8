package io.millrace.planner.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a decision answers to.
 *
 * @param runId run
 * @param eventId event that came; absent when the clock asked
 * @param traceparent trace of that event
 * @param now the time of the decision
 */
public record Input(String runId, Optional<String> eventId, Optional<String> traceparent, Instant now) {}
