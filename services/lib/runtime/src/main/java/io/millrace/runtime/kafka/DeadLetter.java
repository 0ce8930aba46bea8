package io.millrace.runtime.kafka;

import io.millrace.runtime.codec.WireEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that a group gave up or could not read.
 *
 * @param group whose dead letter it is
 * @param partition of the group's dead-letter topic
 * @param offset in that partition
 * @param time when it was given up
 * @param cause in the words of the broker, or of the consumer that could not read it
 * @param event as it lay in its topic; the topic is empty where the letter does not say which
 */
public record DeadLetter(String group, int partition, long offset, Instant time, String cause, WireEvent event) {
    /** Headers that tell of the failure begin so; a broker writes the same as {@link DeadLetters}. */
    static final String ERRORS = "__dlq.errors.";

    static final String TOPIC = ERRORS + "topic";
    static final String PARTITION = ERRORS + "partition";
    static final String OFFSET = ERRORS + "offset";
    static final String MESSAGE = ERRORS + "message";
    /** What a broker says when a worker rejected a record, and so has told of the failure itself. */
    private static final String REJECTED = "Offset rejected by client.";

    /** @param origin the record as it lies in its topic, where it still does: a broker copies key and value, but no headers */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, Optional<ConsumerRecord<byte[], byte[]>> origin) {
        WireEvent letter = WireRecords.fromKafka(record);
        Map<String, String> headers = new HashMap<>(letter.headers());
        headers.keySet().removeIf(name -> name.startsWith(ERRORS));
        origin.ifPresent(at -> headers.putAll(WireRecords.fromKafka(at).headers()));
        return new DeadLetter(
                Topics.groupOf(record.topic()),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                letter.headers().getOrDefault(MESSAGE, ""),
                new WireEvent(letter.headers().getOrDefault(TOPIC, ""), letter.key(), headers, letter.value()));
    }

    /** By which a person names it: {@code millrace-trainer/0/17}. */
    public String id() {
        return group + "/" + partition + "/" + offset;
    }

    /** Whether a worker told of the failure before it let the record go. */
    boolean told() {
        return cause.equals(REJECTED);
    }
}
