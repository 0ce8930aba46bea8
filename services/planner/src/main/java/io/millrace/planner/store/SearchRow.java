package io.millrace.planner.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A run's state.
 *
 * @param runId run
 * @param version raised by one with every decision
 * @param active whether the planner still decides anything for it
 * @param wakeUp when the clock should be asked again
 * @param traceparent trace of the run, for what no event causes
 * @param state {@link io.millrace.planner.core.SearchState} as JSON
 */
@MappedEntity(value = "search", schema = "planner")
record SearchRow(
        @Id String runId,
        long version,
        boolean active,
        @Nullable Instant wakeUp,
        @Nullable String traceparent,
        String state) {}
