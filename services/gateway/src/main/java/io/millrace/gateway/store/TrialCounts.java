package io.millrace.gateway.store;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.annotation.Nullable;

/**
 * How far a run's trials are.
 *
 * @param runId the run
 * @param requested trials that the planner asked for
 * @param done trials whose highest rung is evaluated
 * @param failed trials whose highest rung failed
 * @param bestError least error to minimise so far; null when none is scored
 */
@Introspected
public record TrialCounts(String runId, long requested, long done, long failed, @Nullable Double bestError) {
    /** Nothing asked for yet. */
    public static TrialCounts none(String runId) {
        return new TrialCounts(runId, 0, 0, 0, null);
    }
}
