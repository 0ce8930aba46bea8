package io.millrace.runtime;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import java.time.Instant;
import java.util.Optional;

/**
 * An event and the CloudEvents attributes around it.
 *
 * @param id deterministic for caused events (see {@link EventIds}); equal ids are the same event
 * @param subject work id: what the event is about within its run
 * @param runId Kafka key; events of one run stay in order within a topic
 * @param causationId id of the event that led to this one
 * @param traceparent W3C trace context, handed on from cause to effect
 * @param source service that published it, such as {@code /millrace/trainer}
 * @param time when it was published
 * @param event the payload
 */
public record Envelope<E extends Event>(
        String id,
        String subject,
        String runId,
        Optional<String> causationId,
        Optional<String> traceparent,
        String source,
        Instant time,
        E event) {

    public EventType type() {
        return EventType.of(event);
    }

    /** The same event at another place of its trace. */
    public Envelope<E> tracedBy(Optional<String> place) {
        return new Envelope<>(id, subject, runId, causationId, place, source, time, event);
    }

    /** The same envelope seen as one of a narrower payload; the caller has checked {@link #type()}. */
    public <T extends Event> Envelope<T> as(Class<T> payload) {
        return new Envelope<>(id, subject, runId, causationId, traceparent, source, time, payload.cast(event));
    }
}
