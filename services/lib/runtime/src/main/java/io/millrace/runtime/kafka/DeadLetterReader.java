package io.millrace.runtime.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads dead letters from given places to the present ends. */
final class DeadLetterReader {
    /** A partition and an offset in it. */
    private static final Pattern PLACE = Pattern.compile("\\d{1,9} \\d{1,18}");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicReader reader;

    /** @param consumer without a group, used by one thread */
    DeadLetterReader(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.reader = new TopicReader(consumer);
    }

    /** What lies from each offset on; what was deleted meanwhile is left out. Throws RETRYABLE when the brokers do not answer. */
    List<DeadLetter> read(Map<TopicPartition, Long> from) {
        try {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            reader.read(from, records::add);
            if (records.isEmpty()) {
                return List.of();
            }
            // Asked for by name, a topic that is gone is waited for, or made.
            Set<TopicPartition> there = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            List<DeadLetter> letters = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                letters.add(DeadLetter.of(record, origin(record, there)));
            }
            return letters;
        } catch (KafkaException e) {
            throw Brokers.unavailable("reading dead letters", e);
        }
    }

    /** The record that a letter is about; empty where it has been deleted, it or its topic, and where the letter is not a broker's. */
    private Optional<ConsumerRecord<byte[], byte[]>> origin(
            ConsumerRecord<byte[], byte[]> letter, Set<TopicPartition> there) {
        Map<String, String> headers = WireRecords.fromKafka(letter).headers();
        String place =
                headers.getOrDefault(DeadLetter.PARTITION, "") + " " + headers.getOrDefault(DeadLetter.OFFSET, "");
        if (!headers.containsKey(DeadLetter.TOPIC) || !PLACE.matcher(place).matches()) {
            return Optional.empty();
        }
        TopicPartition partition =
                new TopicPartition(headers.get(DeadLetter.TOPIC), Integer.parseInt(headers.get(DeadLetter.PARTITION)));
        if (!there.contains(partition)) {
            return Optional.empty();
        }
        long offset = Long.parseLong(headers.get(DeadLetter.OFFSET));
        List<TopicPartition> alone = List.of(partition);
        consumer.assign(alone);
        if (consumer.beginningOffsets(alone).get(partition) > offset
                || consumer.endOffsets(alone).get(partition) <= offset) {
            return Optional.empty();
        }
        consumer.seek(partition, offset);
        long deadline = TopicReader.deadline();
        while (consumer.position(partition) == offset) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(deadline)) {
                return Optional.of(record).filter(found -> found.offset() == offset);
            }
        }
        return Optional.empty();
    }
}
