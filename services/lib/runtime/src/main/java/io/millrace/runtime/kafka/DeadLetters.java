package io.millrace.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.work.EventMetrics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends a consumer group's unreadable records where the broker sends those of a share group, with the same headers. */
final class DeadLetters {
    private final Publisher publisher;
    private final String group;
    private final EventMetrics metrics;

    DeadLetters(Publisher publisher, String group, EventMetrics metrics) {
        this.publisher = publisher;
        this.group = group;
        this.metrics = metrics;
    }

    void send(ConsumerRecord<byte[], byte[]> record, String message) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topics.deadLettersOf(group), record.key(), record.value());
        record.headers().forEach(letter.headers()::add);
        header(letter, DeadLetter.TOPIC, record.topic());
        header(letter, DeadLetter.PARTITION, Integer.toString(record.partition()));
        header(letter, DeadLetter.OFFSET, Long.toString(record.offset()));
        header(letter, DeadLetter.ERRORS + "group", group);
        header(letter, DeadLetter.MESSAGE, message);
        publisher.send(List.of(letter));
        metrics.deliveries(group, Topics.eventOf(record.topic())).deadLetter();
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(UTF_8));
    }
}
