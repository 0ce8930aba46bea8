package io.millrace.gateway.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A run's {@link io.millrace.gateway.core.RunState} as JSON, with the columns that lists are ordered and filtered by. */
@MappedEntity(value = "run", schema = "gateway")
public record RunRow(
        @Id String id,
        @Nullable String name,
        String status,
        Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String state) {}
