package io.millrace.planner.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * When a run wants the clock asked.
 *
 * @param runId run
 * @param wakeUp moment
 */
@Introspected
record WakeUp(String runId, Instant wakeUp) {}
