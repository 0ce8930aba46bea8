package io.millrace.runtime.codec;

import java.util.Map;

/**
 * An event as it lies in a topic.
 *
 * @param topic Kafka topic
 * @param key text of the record's key
 * @param headers CloudEvents attributes by header name
 * @param value JSON
 */
public record WireEvent(String topic, String key, Map<String, String> headers, byte[] value) {
    public WireEvent {
        headers = Map.copyOf(headers);
    }
}
