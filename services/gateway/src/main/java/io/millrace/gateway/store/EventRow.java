package io.millrace.gateway.store;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * An event as recorded.
 *
 * @param seq position; rising in the order of commits within a run
 * @param eventId CloudEvents id
 * @param type event name, such as {@code trial.requested}
 * @param runId run it belongs to
 * @param subject work id
 * @param time when it was published
 * @param payload the event as JSON
 */
@MappedEntity(value = "event", schema = "gateway")
public record EventRow(
        @Id @GeneratedValue Long seq,
        String eventId,
        String type,
        String runId,
        String subject,
        Instant time,
        String payload) {}
