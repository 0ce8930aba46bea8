package io.millrace.runtime.codec;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelPublished;
import io.millrace.runtime.Envelope;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * CloudEvents 1.0 in Kafka's binary mode: attributes as headers {@code ce_*}, payload as JSON value. The key is the run
 * id; that of {@code model.published} is the model's name, because its topic keeps the latest of every name.
 */
public final class CloudEvents {
    /** Most bytes of a value; everything larger belongs into the blob store. */
    public static final int VALUE_LIMIT = 64 * 1024;

    private static final String SPEC_VERSION = "1.0";
    /** RFC 3339 has no later one, and some databases hold few. */
    private static final int LAST_YEAR = 9999;

    private static final String JSON = "application/json";
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private CloudEvents() {}

    /** The type that a payload class carries. */
    public static EventType typeOf(Class<? extends Event> payload) {
        return Arrays.stream(EventType.values())
                .filter(type -> type.payload() == payload)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        payload.getSimpleName() + " is no event; name one of the records of Event"));
    }

    /** The event on the wire; throws an IllegalArgumentException when its value is over {@link #VALUE_LIMIT}. */
    public static WireEvent encode(Envelope<? extends Event> envelope) {
        byte[] value = value(envelope.subject(), envelope.event());
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_specversion", SPEC_VERSION);
        headers.put("ce_id", envelope.id());
        headers.put("ce_type", envelope.type().ceType());
        headers.put("ce_source", envelope.source());
        headers.put("ce_subject", PlainText.of(envelope.subject()));
        headers.put("ce_time", envelope.time().toString());
        headers.put("content-type", JSON);
        envelope.traceparent().ifPresent(t -> headers.put("ce_traceparent", t));
        envelope.causationId().ifPresent(c -> headers.put("ce_causationid", c));
        return new WireEvent(envelope.type().topic(), keyOf(envelope), headers, value);
    }

    /**
     * The value of an event on the wire, so that it can be seen beforehand whether the event can be published.
     *
     * @param subject names it in the error
     * @throws IllegalArgumentException where it is over {@link #VALUE_LIMIT}
     */
    public static byte[] value(String subject, Event event) {
        byte[] value = Json.writeEvent(event);
        if (value.length > VALUE_LIMIT) {
            throw new IllegalArgumentException(EventType.of(event).eventName() + " " + subject + " takes "
                    + value.length + " bytes, more than the " + VALUE_LIMIT
                    + " of an event; store its large parts as blobs and refer to them");
        }
        return value;
    }

    private static String keyOf(Envelope<? extends Event> envelope) {
        return envelope.event() instanceof ModelPublished model ? model.name() : envelope.runId();
    }

    /** The event of a record; throws a {@link DecodingException} where it is none of ours. */
    public static Envelope<? extends Event> decode(WireEvent wire) {
        Map<String, String> headers = wire.headers();
        String version = attribute(headers, "ce_specversion");
        if (!version.equals(SPEC_VERSION)) {
            throw new DecodingException("CloudEvents version " + version + " is not supported, only " + SPEC_VERSION);
        }
        requireJson(headers);
        headers.forEach(CloudEvents::requirePlain);
        String typeName = attribute(headers, "ce_type");
        EventType type = EventType.ofCeType(typeName).orElseThrow(() -> unknown(typeName));
        if (!type.topic().equals(wire.topic())) {
            throw new DecodingException("a " + typeName + " does not belong into topic " + wire.topic());
        }
        if (wire.key() == null || wire.key().isEmpty()) {
            throw new DecodingException("the record has no key; it should be the run id");
        }
        if (wire.value() == null) {
            throw new DecodingException("the record has no value");
        }
        if (wire.value().length > VALUE_LIMIT) {
            throw new DecodingException("the record has " + wire.value().length + " bytes, more than the " + VALUE_LIMIT
                    + " of an event; large parts belong into the object store");
        }
        Instant time = time(headers);
        Event event = Json.readEvent(wire.value(), type.payload());
        return new Envelope<>(
                segment("event id", attribute(headers, "ce_id")),
                headers.getOrDefault("ce_subject", ""),
                segment("run id", event instanceof ModelPublished model ? model.run() : wire.key()),
                Optional.ofNullable(headers.get("ce_causationid")),
                Optional.ofNullable(headers.get("ce_traceparent")),
                attribute(headers, "ce_source"),
                time,
                event);
    }

    /** The same for readers who pass over what is none of ours. */
    public static Optional<Envelope<? extends Event>> ifDecodable(WireEvent wire) {
        try {
            return Optional.of(decode(wire));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    private static void requireJson(Map<String, String> headers) {
        String type = headers.getOrDefault("content-type", JSON);
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw new DecodingException(
                    "the content type is '" + type + "'; only " + JSON + " in CloudEvents' binary mode is read");
        }
    }

    private static void requirePlain(String name, String value) {
        PlainText.fault(value).ifPresent(fault -> {
            throw new DecodingException("the header " + name + " " + fault);
        });
    }

    private static DecodingException unknown(String typeName) {
        String unversioned = typeName.replaceFirst("[.]v[0-9]+$", "");
        return Arrays.stream(EventType.values())
                .map(EventType::ceType)
                .filter(known -> known.replaceFirst("[.]v[0-9]+$", "").equals(unversioned))
                .findFirst()
                .map(known -> new DecodingException("the event type " + typeName
                        + " is of another version; this service reads " + known + ", update whichever is older"))
                .orElseGet(() -> new DecodingException("the event type " + typeName + " is not known"));
    }

    /** Ids become parts of blob keys, so that they must not lead anywhere else. */
    private static String segment(String what, String id) {
        if (!SEGMENT.matcher(id).matches()) {
            throw new DecodingException("the " + what + " is '" + id
                    + "', expected at most 200 letters, digits and . _ - with no dot in front");
        }
        return id;
    }

    private static String attribute(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null || value.isEmpty()) {
            throw new DecodingException("the header " + name + " is missing; the record is not a CloudEvent");
        }
        return value;
    }

    private static Instant time(Map<String, String> headers) {
        String time = attribute(headers, "ce_time");
        try {
            OffsetDateTime parsed = OffsetDateTime.parse(time);
            if (parsed.getYear() < 0 || parsed.getYear() > LAST_YEAR) {
                throw new DateTimeException("a year of more than four digits");
            }
            return parsed.toInstant();
        } catch (DateTimeException e) {
            throw new DecodingException("the header ce_time is '" + time + "', expected RFC 3339", e);
        }
    }
}
