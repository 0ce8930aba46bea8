package io.millrace.runtime.kafka;

import io.millrace.runtime.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group: takes the records of each partition in their order and commits what was taken after each
 * poll. One that is not taken comes again after a pause, for which its partition waits and no other. Whatever the brokers
 * answer, it goes on until it is closed.
 */
final class GroupMember implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);
    private static final Duration LAST_RECORDS = Duration.ofSeconds(15);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    private final String name;
    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final Taking taking;
    private final Duration leave;
    private final PollThread thread;
    private final Map<TopicPartition, Failing> failing = new HashMap<>();
    private volatile boolean joined;

    /** What becomes of the records. */
    @FunctionalInterface
    interface Taking {
        /**
         * Takes a record; does not throw.
         *
         * @param failures how often it, or what was last not taken of its partition, has come in vain
         * @return empty when it was taken, otherwise after which pause it is to come again
         */
        Optional<Duration> take(ConsumerRecord<byte[], byte[]> record, int failures);
    }

    /** A partition whose next record was not taken so often; it waits until then, by {@link System#nanoTime}. */
    private record Failing(int times, long until) {}

    /**
     * Joins.
     *
     * @param name for threads and logs
     * @param leave how long it may take to leave its group in order
     */
    GroupMember(String name, Consumer<byte[], byte[]> consumer, List<String> topics, Taking taking, Duration leave) {
        this.name = name;
        this.consumer = consumer;
        this.topics = topics;
        this.taking = taking;
        this.leave = leave;
        this.thread = new PollThread(name + "-follow", this::loop, consumer::wakeup);
        thread.start();
    }

    private void loop() {
        try {
            consumer.subscribe(topics, new Joining());
            while (!thread.isStopped()) {
                try {
                    take(consumer.poll(resumed()));
                } catch (WakeupException e) {
                    LOG.debug("{} ends", name);
                } catch (KafkaException | IllegalStateException e) {
                    LOG.warn("{} could not follow and tries again: {}", name, e.toString());
                    thread.pause(PAUSE_AFTER_ERROR);
                }
            }
        } finally {
            joined = false;
            Leaving.leave(consumer, leave, name);
        }
    }

    /** Lets partitions go on whose pause is over; the time until the next one's is. */
    private Duration resumed() {
        failing.keySet().retainAll(consumer.assignment());
        long now = System.nanoTime();
        long next = PollThread.POLL.toNanos();
        for (Map.Entry<TopicPartition, Failing> entry : failing.entrySet()) {
            long left = entry.getValue().until() - now;
            if (left > 0) {
                next = Math.min(next, left);
            } else {
                consumer.resume(Set.of(entry.getKey()));
            }
        }
        return Duration.ofNanos(next);
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (thread.isStopped() || !take(partition, record)) {
                    break;
                }
                taken.put(partition, new OffsetAndMetadata(record.offset() + 1));
            }
        }
        if (!taken.isEmpty()) {
            commit(taken);
        }
    }

    private boolean take(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        int failures = failing.containsKey(partition) ? failing.get(partition).times() : 0;
        Optional<Duration> pause = taking.take(record, failures);
        if (pause.isEmpty()) {
            failing.remove(partition);
            return true;
        }
        try {
            consumer.seek(partition, record.offset());
            consumer.pause(Set.of(partition));
            failing.put(
                    partition,
                    new Failing(failures + 1, System.nanoTime() + pause.get().toNanos()));
        } catch (IllegalStateException e) {
            LOG.info("{} has lost {}; what it did not take goes to another member", name, partition);
        }
        return false;
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> taken) {
        try {
            consumer.commitSync(taken);
        } catch (WakeupException e) {
            // Told to end while it took these: they need not come again.
            consumer.commitSync(taken);
        }
    }

    @Override
    public boolean ready() {
        return joined && !thread.isStopped();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public void close() {
        thread.close(LAST_RECORDS.plus(leave));
    }

    /** Notes that the group has taken this member in. */
    private final class Joining implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            joined = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // What was taken is committed after every poll; there is nothing to hand over.
        }
    }
}
