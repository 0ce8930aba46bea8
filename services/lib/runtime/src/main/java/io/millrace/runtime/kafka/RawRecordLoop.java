package io.millrace.runtime.kafka;

import io.millrace.runtime.RawRecord;
import io.millrace.runtime.RawRecordSource;
import io.millrace.runtime.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls, hands over, commits; after a failure it goes back to the record that failed and waits longer each time. */
final class RawRecordLoop implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(RawRecordLoop.class);
    private static final Duration POLL = PollThread.POLL;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 30_000;
    private static final long CLOSE_SECONDS = 30;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final RawRecordSource.Handler handler;
    private final Duration leave;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean joined;
    private long pauseMs = FIRST_PAUSE_MS;

    RawRecordLoop(Consumer<byte[], byte[]> consumer, String topic, RawRecordSource.Handler handler, Duration leave) {
        this.consumer = consumer;
        this.topic = topic;
        this.handler = handler;
        this.leave = leave;
        this.thread = new Thread(this::run, "raw-" + topic);
    }

    RawRecordLoop started() {
        thread.start();
        return this;
    }

    @Override
    public boolean ready() {
        return joined && thread.isAlive() && closing.getCount() > 0;
    }

    @Override
    public void stop() {
        closing.countDown();
        consumer.wakeup();
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            consumer.subscribe(List.of(topic), new Joining());
            while (closing.getCount() > 0) {
                round();
            }
        } catch (WakeupException e) {
            LOG.debug("{} is closed", thread.getName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            LOG.error("{} is not followed any more: {}", topic, e.getMessage(), e);
        } finally {
            Leaving.leave(consumer, leave, thread.getName());
        }
    }

    private void round() throws InterruptedException {
        boolean failed = false;
        var polled = consumer.poll(POLL);
        for (TopicPartition partition : polled.partitions()) {
            failed |= !take(partition, polled.records(partition));
        }
        if (failed) {
            if (!closing.await(pauseMs, TimeUnit.MILLISECONDS)) {
                pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
            }
        } else if (!polled.isEmpty()) {
            pauseMs = FIRST_PAUSE_MS;
        }
    }

    private boolean take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> next : records) {
            if (closing.getCount() == 0) {
                return true;
            }
            try {
                handler.on(raw(next));
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.warn("{} offset {} is tried again: {}", partition, next.offset(), e.getMessage(), e);
                consumer.seek(partition, next.offset());
                return false;
            }
            commit(partition, next.offset() + 1);
        }
        return true;
    }

    /** A commit that fails is no harm: the record is delivered again, which handlers are made for. */
    private void commit(TopicPartition partition, long offset) {
        try {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
            LOG.info("{} is not committed up to {}: {}", partition, offset, e.getMessage());
        }
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> next) {
        Map<String, byte[]> headers = new HashMap<>();
        next.headers().forEach(h -> headers.put(h.key(), orEmpty(h.value())));
        return new RawRecord(
                next.topic(),
                next.partition(),
                next.offset(),
                Instant.ofEpochMilli(next.timestamp()),
                orEmpty(next.key()),
                orEmpty(next.value()),
                headers);
    }

    private static byte[] orEmpty(byte[] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    private final class Joining implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            joined = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Nothing to hand over: every record is committed as soon as it is taken.
        }
    }
}
