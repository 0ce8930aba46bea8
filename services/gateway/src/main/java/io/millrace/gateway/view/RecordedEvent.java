package io.millrace.gateway.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * An event of a run as the stream of events sends it, and as {@code millrace run --out} writes it.
 *
 * @param id id of the event
 * @param type name such as {@code trial.evaluated}
 * @param run id of the run
 * @param subject what it is about
 * @param time when it was published
 * @param data the event
 */
public record RecordedEvent(String id, String type, String run, String subject, Instant time, JsonNode data) {
    /** An event as it is recorded. */
    public static RecordedEvent of(Envelope<? extends Event> envelope) {
        return new RecordedEvent(
                envelope.id(),
                envelope.type().eventName(),
                envelope.runId(),
                envelope.subject(),
                envelope.time(),
                Json.tree(envelope.event()));
    }

    /** The event again, without cause, trace and source; throws a {@link DecodingException} where it is none of ours. */
    public Envelope<? extends Event> envelope() {
        EventType known = Arrays.stream(EventType.values())
                .filter(t -> t.eventName().equals(type))
                .findFirst()
                .orElseThrow(() -> new DecodingException("the event type " + type + " is not known"));
        return new Envelope<>(
                id, subject, run, Optional.empty(), Optional.empty(), "", time, Json.read(data, known.payload()));
    }
}
