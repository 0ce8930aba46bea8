package io.millrace.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A record as any Kafka client produces it, no CloudEvent. Compared by identity: it carries arrays.
 *
 * @param topic topic
 * @param partition partition within the topic
 * @param offset position within the partition; the same when the record is delivered again
 * @param time timestamp of the record
 * @param key key; empty when the record has none
 * @param value value; empty when the record has none
 * @param headers the last header of each name
 */
public record RawRecord(
        String topic, int partition, long offset, Instant time, byte[] key, byte[] value, Map<String, byte[]> headers) {

    public RawRecord {
        headers = Map.copyOf(headers);
    }

    /** The key as text. */
    public String keyText() {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** A header as text. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(v -> new String(v, StandardCharsets.UTF_8));
    }
}
