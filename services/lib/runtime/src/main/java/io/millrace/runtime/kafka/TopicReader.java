package io.millrace.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads records from given places to the present ends. */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param consumer without a group, used by one thread */
    TopicReader(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Shows what lies from each offset on; what was deleted meanwhile is left out. Throws a KafkaException when the brokers do not answer. */
    void read(Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        consumer.assign(from.keySet());
        consumer.beginningOffsets(from.keySet())
                .forEach((partition, first) -> consumer.seek(partition, Math.max(first, from.get(partition))));
        Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
        long deadline = deadline();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = poll(deadline);
            records.forEach(reader);
            deadline = records.isEmpty() ? deadline : deadline();
        }
    }

    /** What comes next; throws a TimeoutException after the deadline. */
    ConsumerRecords<byte[], byte[]> poll(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new TimeoutException("the brokers gave no records within " + PATIENCE);
        }
        return consumer.poll(POLL);
    }

    static long deadline() {
        return System.nanoTime() + PATIENCE.toNanos();
    }
}
