package io.millrace.runtime.kafka;

import io.millrace.runtime.EventFollower;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics from their ends on, which are fixed before the constructor returns; keeps no position. */
final class WatchSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(WatchSubscription.class);
    private static final Duration LAST_RECORDS = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventFollower follower;
    private final Duration leave;
    private final PollThread thread;

    WatchSubscription(
            KafkaConsumer<byte[], byte[]> consumer, List<String> topics, EventFollower follower, Duration leave) {
        this.consumer = consumer;
        this.follower = follower;
        this.leave = leave;
        this.thread = new PollThread("watch-poll", this::loop, consumer::wakeup);
        try {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // Asking for the position makes the consumer look the end up now instead of at its first poll.
            partitions.forEach(consumer::position);
        } catch (KafkaException e) {
            consumer.close(CloseOptions.timeout(leave));
            throw Brokers.unavailable("finding the end of the topics", e);
        }
        thread.start();
    }

    private void loop() {
        try {
            while (!thread.isStopped()) {
                try {
                    consumer.poll(PollThread.POLL).forEach(this::show);
                } catch (WakeupException e) {
                    LOG.debug("watching ends");
                } catch (KafkaException e) {
                    LOG.warn("watching failed and is tried again: {}", e.toString());
                    thread.pause(Duration.ofSeconds(1));
                }
            }
        } finally {
            consumer.close(CloseOptions.timeout(leave));
        }
    }

    private void show(ConsumerRecord<byte[], byte[]> record) {
        try {
            follower.on(CloudEvents.decode(WireRecords.fromKafka(record)));
        } catch (DecodingException e) {
            LOG.debug("{} is skipped: {}", WireRecords.place(record), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.stop();
        } catch (Exception e) {
            LOG.warn("a watcher failed on {} and goes on with the next", WireRecords.place(record), e);
        }
    }

    @Override
    public boolean ready() {
        return !thread.isStopped();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public void close() {
        thread.close(LAST_RECORDS.plus(leave));
    }
}
