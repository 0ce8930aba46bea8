package io.millrace.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.work.EventMetrics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends the records that a consumer group could not read or gave up where the broker sends those of a share group, with
 * the same headers.
 */
final class DeadLetters {
    /** Of a cause: that of a database may quote what it was given. */
    private static final int MOST_CHARACTERS = 2000;

    private final Publisher publisher;
    private final String group;
    private final EventMetrics metrics;

    DeadLetters(Publisher publisher, String group, EventMetrics metrics) {
        this.publisher = publisher;
        this.group = group;
        this.metrics = metrics;
    }

    /** Throws RETRYABLE when the brokers do not take it. A value that leaves no room for the headers stays where it lies. */
    void send(ConsumerRecord<byte[], byte[]> record, String message) {
        try {
            publisher.send(List.of(letter(record, record.value(), message)));
        } catch (EventHandlingException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            publisher.send(List.of(letter(record, null, message + " (too large for a dead letter)")));
        }
        metrics.deliveries(group, Topics.eventOf(record.topic())).deadLetter();
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> record, byte[] value, String message) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topics.deadLettersOf(group), record.key(), value);
        record.headers().forEach(letter.headers()::add);
        header(letter, DeadLetter.TOPIC, record.topic());
        header(letter, DeadLetter.PARTITION, Integer.toString(record.partition()));
        header(letter, DeadLetter.OFFSET, Long.toString(record.offset()));
        header(letter, DeadLetter.ERRORS + "group", group);
        header(letter, DeadLetter.MESSAGE, message.substring(0, Math.min(MOST_CHARACTERS, message.length())));
        return letter;
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(UTF_8));
    }
}
