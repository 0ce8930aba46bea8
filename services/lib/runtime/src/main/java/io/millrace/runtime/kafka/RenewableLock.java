package io.millrace.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;

/**
 * Renews the lock on a record. After a renewal the client wants one poll that hands the same record back; acknowledging
 * it again without that poll throws.
 */
final class RenewableLock {
    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final Duration limit;

    /** @param lock a renewal that takes longer than this came too late anyway */
    RenewableLock(KafkaShareConsumer<byte[], byte[]> consumer, Duration lock) {
        this.consumer = consumer;
        this.limit = lock.dividedBy(2);
    }

    /** The record under its new lock, or nothing when the lock is lost or the broker cannot be asked in time. */
    Optional<ConsumerRecord<byte[], byte[]>> renew(ConsumerRecord<byte[], byte[]> held) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            consumer.acknowledge(held, AcknowledgeType.RENEW);
            Map<TopicIdPartition, Optional<KafkaException>> outcome = consumer.commitSync(limit);
            if (outcome.values().stream().anyMatch(Optional::isPresent)) {
                return Optional.empty();
            }
            return handedBack(held, deadline);
        } catch (KafkaException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> handedBack(ConsumerRecord<byte[], byte[]> held, long deadline) {
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            Optional<ConsumerRecord<byte[], byte[]>> back = Optional.empty();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofNanos(left))) {
                if (record.offset() == held.offset() && record.partition() == held.partition()) {
                    back = Optional.of(record);
                } else {
                    // This slot is taken: whatever else came along goes to another worker.
                    consumer.acknowledge(record, AcknowledgeType.RELEASE);
                }
            }
            if (back.isPresent()) {
                return back;
            }
        }
        return Optional.empty();
    }
}
