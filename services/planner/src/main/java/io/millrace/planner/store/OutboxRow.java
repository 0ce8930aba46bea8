package io.millrace.planner.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * An event that is decided and perhaps not published yet.
 *
 * @param eventId id of the envelope
 * @param position order of publication
 * @param type CloudEvents type
 * @param subject work id
 * @param runId run
 * @param causationId event that led to it
 * @param traceparent trace context
 * @param source service
 * @param time when it was decided
 * @param payload event as JSON
 * @param storedAt when it was stored, by the database's clock
 */
@MappedEntity(value = "outbox", schema = "planner")
record OutboxRow(
        @Id String eventId,
        @GeneratedValue long position,
        String type,
        String subject,
        String runId,
        @Nullable String causationId,
        @Nullable String traceparent,
        String source,
        Instant time,
        String payload,
        Instant storedAt) {

    Envelope<? extends Event> envelope() {
        EventType known = EventType.ofCeType(type)
                .orElseThrow(() -> new IllegalStateException("the outbox holds an event of the unknown type " + type
                        + "; was it written by a newer planner?"));
        return new Envelope<>(
                eventId,
                subject,
                runId,
                Optional.ofNullable(causationId),
                Optional.ofNullable(traceparent),
                source,
                time,
                Json.read(payload.getBytes(StandardCharsets.UTF_8), known.payload()));
    }
}
