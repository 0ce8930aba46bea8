package io.millrace.runtime.kafka;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of a consumer group: takes records in order, commits what was taken, goes back to what was not. */
final class FollowSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(FollowSubscription.class);
    private static final Duration LAST_RECORDS = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 7;

    private final String group;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final EventFollower follower;
    private final DeadLetters deadLetters;
    private final Duration leave;
    private final PollThread thread;
    private int failures;
    private volatile boolean joined;

    FollowSubscription(
            String group,
            KafkaConsumer<byte[], byte[]> consumer,
            List<String> topics,
            EventFollower follower,
            DeadLetters deadLetters,
            Duration leave) {
        this.group = group;
        this.consumer = consumer;
        this.topics = topics;
        this.follower = follower;
        this.deadLetters = deadLetters;
        this.leave = leave;
        this.thread = new PollThread(group + "-follow", this::loop, consumer::wakeup);
        thread.start();
    }

    private void loop() {
        try {
            consumer.subscribe(topics, new Joining());
            while (!thread.isStopped()) {
                try {
                    take(consumer.poll(PollThread.POLL));
                } catch (WakeupException e) {
                    LOG.debug("{} ends", group);
                } catch (KafkaException e) {
                    LOG.warn("{} could not follow and tries again: {}", group, e.toString());
                    thread.pause(Duration.ofSeconds(1));
                }
            }
        } finally {
            joined = false;
            Leaving.leave(consumer, leave, group);
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
        boolean failed = false;
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (thread.isStopped() || !take(record)) {
                    consumer.seek(partition, record.offset());
                    failed = true;
                    break;
                }
                taken.put(partition, new OffsetAndMetadata(record.offset() + 1));
            }
        }
        if (!taken.isEmpty()) {
            commit(taken);
        }
        if (failed) {
            pause();
        } else if (!records.isEmpty()) {
            failures = 0;
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> taken) {
        try {
            consumer.commitSync(taken);
        } catch (WakeupException e) {
            // Told to end while it took these: they need not come again.
            consumer.commitSync(taken);
        }
    }

    private boolean take(ConsumerRecord<byte[], byte[]> record) {
        try {
            follower.on(decoded(record));
            return true;
        } catch (DecodingException e) {
            LOG.error("{} goes to the dead letters of {}: {}", WireRecords.place(record), group, e.getMessage());
            return buried(record, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.stop();
            return false;
        } catch (Exception e) {
            LOG.warn("{} failed on {}; it comes again", group, WireRecords.place(record), e);
            return false;
        }
    }

    private static Envelope<? extends Event> decoded(ConsumerRecord<byte[], byte[]> record) {
        return CloudEvents.decode(WireRecords.fromKafka(record));
    }

    private boolean buried(ConsumerRecord<byte[], byte[]> record, String reason) {
        try {
            deadLetters.send(record, reason);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("{} could not write a dead letter and tries again: {}", group, e.getMessage());
            return false;
        }
    }

    private void pause() {
        Duration pause = Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        thread.pause(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
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
        stop();
        if (!thread.awaitEnd(LAST_RECORDS.plus(leave))) {
            LOG.error("the follower {} did not end in time", group);
        }
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
