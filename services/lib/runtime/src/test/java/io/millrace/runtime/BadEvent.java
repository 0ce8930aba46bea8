package io.millrace.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.WireEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An entry of the catalogue of records that are no events of ours.
 *
 * @param name what is wrong with it
 * @param spoil spoils a good {@code dataset.submitted}
 * @param words what the refusal says among other things
 */
public record BadEvent(String name, UnaryOperator<WireEvent> spoil, String words) {
    /** Every entry; all keep their key, by which a test knows its own. */
    public static List<BadEvent> catalogue() {
        return List.of(
                new BadEvent(
                        "no headers",
                        e -> new WireEvent(e.topic(), e.key(), Map.of(), e.value()),
                        "ce_specversion is missing"),
                header("an unknown version of CloudEvents", "ce_specversion", "0.3", "version 0.3 is not supported"),
                header(
                        "an event of a later version",
                        "ce_type",
                        "io.millrace.dataset.submitted.v2",
                        "reads io.millrace.dataset.submitted.v1"),
                header("a foreign event", "ce_type", "com.example.other", "is not known"),
                header(
                        "an event of another topic",
                        "ce_type",
                        "io.millrace.run.failed.v1",
                        "does not belong into topic"),
                header("an empty id", "ce_id", "", "ce_id is missing"),
                header("an id that climbs out of its folder", "ce_id", "../../blobs/x", "event id is '../../blobs/x'"),
                header("an id without end", "ce_id", "x".repeat(1000), "at most 200"),
                header("a time that is none", "ce_time", "yesterday", "ce_time is 'yesterday'"),
                header("a time that no calendar holds", "ce_time", "+12026-11-23T12:00:00Z", "ce_time is '+12026"),
                header(
                        "a zero character in a header",
                        "ce_subject",
                        "t001\0/0",
                        "ce_subject holds the character U+0000"),
                header("structured mode", "content-type", "application/cloudevents+json", "binary mode"),
                value("nothing", "", "not a valid DatasetSubmitted"),
                value("no JSON", "no event", "not a valid DatasetSubmitted"),
                value("JSON that breaks off", "{\"name\":", "not a valid DatasetSubmitted"),
                value("JSON nested without end", "[".repeat(50_000), "not a valid DatasetSubmitted"),
                value("a list", "[]", "not a valid DatasetSubmitted"),
                value("a missing field", "{\"name\":\"churn\"}", "fileName"),
                value("a field of another type", "{\"name\":{}}", "name"),
                value("a zero character in a text", "{\"name\":\"chu\\u0000rn\"}", "holds the character U+0000"),
                value("half a surrogate pair", "{\"name\":\"churn\\ud83d\"}", "holds the character U+D83D"),
                value("two values in one record", "{} {}", "not a valid DatasetSubmitted"),
                value("a number that no computer holds", "{\"settings\":{\"seed\":1e999999999}}", "seed"),
                value(
                        "bytes that are no UTF-8",
                        "{\"name\":\"é\"}".getBytes(ISO_8859_1),
                        "not a valid DatasetSubmitted"),
                value(
                        "a record over the limit",
                        "{\"name\":\"" + "x".repeat(CloudEvents.VALUE_LIMIT) + "\"}",
                        "more than the 65536"));
    }

    private static BadEvent header(String name, String header, String text, String words) {
        return new BadEvent(
                name,
                e -> {
                    Map<String, String> headers = new HashMap<>(e.headers());
                    headers.put(header, text);
                    return new WireEvent(e.topic(), e.key(), headers, e.value());
                },
                words);
    }

    private static BadEvent value(String name, String json, String words) {
        return value(name, json.getBytes(UTF_8), words);
    }

    private static BadEvent value(String name, byte[] json, String words) {
        return new BadEvent(name, e -> new WireEvent(e.topic(), e.key(), e.headers(), json), words);
    }

    /** The record of a run. */
    public WireEvent of(String run) {
        return spoil.apply(CloudEvents.encode(SampleEvents.envelope(run, "churn", SampleEvents.submitted("churn"))));
    }

    @Override
    public String toString() {
        return name;
    }
}
