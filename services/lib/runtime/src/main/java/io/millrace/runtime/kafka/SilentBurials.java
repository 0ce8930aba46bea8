package io.millrace.runtime.kafka;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Housekeeping;
import io.millrace.runtime.Outage;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.Job;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker that has delivered a record too often buries it by itself, without a word to anybody: each worker died before
 * it could say that it gave up. This looks now and then for such letters of the groups of this process and lets their
 * jobs tell of them, so that no run waits. How far it came is kept as the offsets of a group without members; a letter
 * that is told twice is told by events with the same ids.
 */
final class SilentBurials implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SilentBurials.class);
    private static final String GROUP = "millrace-dead-letters";
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Admin admin;
    private final Supplier<KafkaConsumer<byte[], byte[]>> consumers;
    private final EventMetrics metrics;
    private final Map<String, Map<EventType, Job<?>>> jobs = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> read = new ConcurrentHashMap<>();
    private final Housekeeping watch = new Housekeeping("dead-letter-watch");

    /** @param consumers makes one without a group; only called where there are new letters */
    SilentBurials(Admin admin, Supplier<KafkaConsumer<byte[], byte[]>> consumers, EventMetrics metrics) {
        this.admin = admin;
        this.consumers = consumers;
        this.metrics = metrics;
    }

    void start() {
        watch.every(EVERY, this::look);
    }

    /** From now on looks after a kind of work, whose dead-letter topic is there. */
    void watch(String group, EventType type, Job<?> job) {
        jobs.computeIfAbsent(group, g -> new ConcurrentHashMap<>()).put(type, job);
    }

    private void look() {
        List<String> topics = jobs.keySet().stream()
                .map(Topics::deadLettersOf)
                .filter(topic ->
                        read.keySet().stream().noneMatch(known -> known.topic().equals(topic)))
                .toList();
        if (!topics.isEmpty()) {
            read.putAll(positions(topics));
        }
        Map<TopicPartition, Long> grown = new HashMap<>(read);
        Map<TopicPartition, Long> ends = ends();
        grown.entrySet().removeIf(place -> place.getValue() >= ends.get(place.getKey()));
        if (grown.isEmpty()) {
            return;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumers.get()) {
            new DeadLetterReader(consumer)
                    .read(grown).stream().filter(letter -> !letter.told()).forEach(this::tell);
        }
        grown.replaceAll((partition, offset) -> ends.get(partition));
        Brokers.answer(
                "noting which dead letters were looked through",
                admin.alterConsumerGroupOffsets(
                                GROUP,
                                grown.entrySet().stream()
                                        .collect(Collectors.toMap(
                                                Map.Entry::getKey, place -> new OffsetAndMetadata(place.getValue()))))
                        .all());
        read.putAll(grown);
    }

    private void tell(DeadLetter letter) {
        try {
            Envelope<? extends Event> event = CloudEvents.decode(letter.event());
            Job<?> job = jobs.get(letter.group()).get(event.type());
            if (job != null) {
                LOG.error("{} was given up by the broker: {}", letter.id(), letter.cause());
                metrics.deliveries(letter.group(), event.type().eventName()).deadLetter();
                job.buried(event, "no worker lived long enough to end it: " + letter.cause());
            }
        } catch (DecodingException e) {
            LOG.debug("{} is no event, so that no run waits for it", letter.id());
        } catch (RuntimeException e) {
            if (Outage.in(e)) {
                throw e;
            }
            // It would fail the next time, too, and those after it would never be told.
            LOG.error("{} cannot be told of", letter.id(), e);
        }
    }

    private Map<TopicPartition, Long> positions(List<String> topics) {
        Map<TopicPartition, OffsetAndMetadata> noted = Brokers.answer(
                "asking which dead letters were looked through",
                admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicDescription topic : Brokers.answer(
                        "describing dead-letter topics",
                        admin.describeTopics(topics).allTopicNames())
                .values()) {
            topic.partitions().forEach(info -> {
                TopicPartition partition = new TopicPartition(topic.name(), info.partition());
                OffsetAndMetadata offset = noted.get(partition);
                positions.put(partition, offset == null ? 0 : offset.offset());
            });
        }
        return positions;
    }

    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> latest =
                read.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : Brokers.answer(
                        "asking for new dead letters", admin.listOffsets(latest).all())
                .entrySet()) {
            ends.put(end.getKey(), end.getValue().offset());
        }
        return ends;
    }

    @Override
    public void close() {
        watch.close();
    }
}
