package io.millrace.e2e;

import io.millrace.events.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Two clusters whose events are mirrored in the other, so that services on both work together. Once it is told to, events that
 * come at about the same time arrive in any order, and come a second time later, in both clusters, often when their work is
 * long done.
 */
final class DisorderedMirror implements AutoCloseable {
    /** Marks what came by the mirror, which is not sent back. */
    private static final String MIRRORED = "mirrored";
    /** How long it waits for another event to change places with. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final int MOST_HELD = 8;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Cluster> clusters;
    private final Random random;
    private final List<ConsumerRecord<byte[], byte[]>> carried = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> late = new ArrayList<>();
    private int overtaken;
    private boolean disordered;
    private volatile boolean closed;

    /** One end: who publishes here, and the thread that takes what was published here to the other. */
    private record Cluster(KafkaProducer<byte[], byte[]> producer, Thread thread) {}

    /** @param one bootstrap servers of one cluster, which has the topics of all events, as the other one has */
    DisorderedMirror(long seed, String one, String other) {
        this.random = new Random(seed);
        KafkaProducer<byte[], byte[]> toOne = producer(one);
        KafkaProducer<byte[], byte[]> toOther = producer(other);
        this.clusters = List.of(cluster(one, toOne, toOther), cluster(other, toOther, toOne));
        clusters.forEach(cluster -> cluster.thread().start());
    }

    private Cluster cluster(String from, KafkaProducer<byte[], byte[]> here, KafkaProducer<byte[], byte[]> there) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", from), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(EventType.values())
                .flatMap(type -> consumer.partitionsFor(type.topic()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Thread thread = new Thread(() -> mirror(consumer, there), "mirror of " + from);
        thread.setDaemon(true);
        return new Cluster(here, thread);
    }

    private static KafkaProducer<byte[], byte[]> producer(String to) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", to), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Nothing comes in its order any more. */
    synchronized void disturb() {
        disordered = true;
    }

    /** How many events have arrived before one that was published before them. */
    synchronized int overtaken() {
        return overtaken;
    }

    private void mirror(KafkaConsumer<byte[], byte[]> from, KafkaProducer<byte[], byte[]> to) {
        List<ConsumerRecord<byte[], byte[]>> held = new ArrayList<>();
        try (from) {
            while (!closed) {
                int before = held.size();
                from.poll(GATHER).forEach(record -> {
                    if (record.headers().lastHeader(MIRRORED) == null) {
                        held.add(record);
                    }
                });
                if (held.size() == before || held.size() >= MOST_HELD) {
                    deliver(held, to);
                    held.clear();
                }
            }
        }
    }

    private synchronized void deliver(List<ConsumerRecord<byte[], byte[]>> held, KafkaProducer<byte[], byte[]> to) {
        carried.addAll(held);
        if (!disordered) {
            held.forEach(record -> send(record, to));
            return;
        }
        Collections.shuffle(held, random);
        List<ConsumerRecord<byte[], byte[]>> second = new ArrayList<>();
        late.removeIf(record -> random.nextBoolean() && second.add(record));
        overtaken += inversions(held);
        held.forEach(record -> send(record, to));
        second.forEach(this::sendToAll);
        late.addAll(held);
    }

    private static int inversions(List<ConsumerRecord<byte[], byte[]>> records) {
        int inversions = 0;
        for (int i = 1; i < records.size(); i++) {
            inversions += records.get(i).timestamp() < records.get(i - 1).timestamp() ? 1 : 0;
        }
        return inversions;
    }

    /** Every event that was ever mirrored comes once more, in any order, in both clusters. */
    synchronized void everythingAgain() {
        List<ConsumerRecord<byte[], byte[]>> again = new ArrayList<>(carried);
        Collections.shuffle(again, random);
        again.forEach(this::sendToAll);
        clusters.forEach(cluster -> cluster.producer().flush());
    }

    private void sendToAll(ConsumerRecord<byte[], byte[]> record) {
        clusters.forEach(cluster -> send(record, cluster.producer()));
    }

    private static void send(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> to) {
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(record.topic(), record.key(), record.value());
        record.headers().forEach(copy.headers()::add);
        copy.headers().add(MIRRORED, new byte[0]);
        to.send(copy);
    }

    @Override
    public void close() {
        closed = true;
        clusters.forEach(DisorderedMirror::end);
        clusters.forEach(cluster -> cluster.producer().close());
    }

    private static void end(Cluster cluster) {
        try {
            cluster.thread().join(LONG.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
