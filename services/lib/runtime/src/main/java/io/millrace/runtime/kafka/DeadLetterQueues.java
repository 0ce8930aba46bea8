package io.millrace.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.events.Event;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.work.Outcome;
import io.millrace.runtime.work.Outcomes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The dead letters of all groups, for a person who looks after them. A topic gives its records up only from the front, so
 * a letter that was settled is noted under {@code dead-letters/GROUP/PARTITION/OFFSET} until all before it are too, or until
 * it is too old for its topic.
 */
public final class DeadLetterQueues implements AutoCloseable {
    private static final String SETTLED = "dead-letters/";

    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Publisher publisher;
    private final BlobStore blobs;

    /** Connects to a cluster; {@code blobs} is the store of its services and is closed by who opened it. */
    public DeadLetterQueues(KafkaConfig config, BlobStore blobs) {
        Clients clients = new Clients(config);
        this.admin = clients.admin();
        this.consumer = clients.reader();
        this.publisher = new Publisher(clients.producer());
        this.blobs = blobs;
    }

    /**
     * Letters that nobody has settled, the oldest of each group first. An event that a group gave up twice, because it was
     * duplicated or because a worker died before it could let go of the record, has one letter.
     */
    public List<DeadLetter> list() {
        Set<TopicPartition> partitions = partitions();
        forgetNotes(partitions);
        Set<String> listed = new HashSet<>();
        return unsettled(partitions).stream()
                .sorted(Comparator.comparing(DeadLetter::group)
                        .thenComparing(DeadLetter::partition)
                        .thenComparing(DeadLetter::offset))
                .filter(letter -> listed.add(about(letter)))
                .toList();
    }

    private List<DeadLetter> unsettled(Set<TopicPartition> partitions) {
        Set<String> settled = settled();
        return all(partitions).stream()
                .filter(letter -> !settled.contains(letter.id()))
                .toList();
    }

    /** The letters that are one: about the same event, as far as it can be read. */
    private List<DeadLetter> same(DeadLetter letter) {
        Set<TopicPartition> partitions = partitions();
        partitions.removeIf(partition -> !partition.topic().equals(Topics.deadLettersOf(letter.group())));
        return unsettled(partitions).stream()
                .filter(other -> about(other).equals(about(letter)))
                .toList();
    }

    private static String about(DeadLetter letter) {
        return event(letter).map(event -> letter.group() + " " + event.id()).orElse(letter.id());
    }

    /** What was published instead of a result when the letter's work was given up; empty where it is no event of ours. */
    public List<Emission> told(DeadLetter letter) {
        return event(letter)
                .flatMap(event -> new Outcomes(blobs, letter.group()).find(event.id()))
                .map(Outcome::emissions)
                .orElse(List.of());
    }

    /**
     * Why a letter is one, as a sentence. Of work that a worker gave up the broker only knows that it was let go, so that it
     * is what was published instead that tells, or what is wrong with the record.
     */
    public String cause(DeadLetter letter) {
        if (!letter.told()) {
            return letter.cause();
        }
        List<Emission> instead = told(letter);
        return instead.stream()
                .map(emission -> Json.tree(emission.event()).path("message").asText())
                .filter(message -> !message.isEmpty())
                .findFirst()
                .or(() -> whyNoEvent(letter))
                .orElseGet(() -> givenUp(letter, instead));
    }

    private static Optional<String> whyNoEvent(DeadLetter letter) {
        try {
            CloudEvents.decode(letter.event());
            return Optional.empty();
        } catch (DecodingException e) {
            // Headers are only found with the record itself, as long as its topic keeps it.
            String where = letter.event().headers().isEmpty()
                    ? "the record has no headers, or lies no longer in its topic: "
                    : "";
            return Optional.of(where + e.getMessage());
        }
    }

    private static String givenUp(DeadLetter letter, List<Emission> instead) {
        String event = instead.isEmpty()
                ? "nothing"
                : CloudEvents.typeOf(instead.get(0).event().getClass()).eventName();
        return letter.group() + " gave it up after its last try and published " + event + " instead; its log says why";
    }

    /**
     * Forgets how the work ended and puts the record back into its topic, under the same id. A crash in between leaves
     * the letter in the list.
     *
     * @throws IllegalArgumentException where the letter does not say from which topic it came
     */
    public void redrive(DeadLetter letter) {
        if (letter.event().topic().isEmpty()) {
            throw new IllegalArgumentException(letter.id() + " does not say from which topic it came; drop it");
        }
        // Found before it is put back: it may soon have a letter again.
        List<DeadLetter> same = same(letter);
        event(letter).ifPresent(event -> new Outcomes(blobs, letter.group()).reopen(event.id()));
        publisher.send(List.of(WireRecords.toKafka(letter.event())));
        settle(same, "redriven");
    }

    /** Takes a letter out of the list for good. */
    public void drop(DeadLetter letter) {
        settle(same(letter), "dropped");
    }

    private void settle(List<DeadLetter> letters, String how) {
        letters.forEach(letter -> blobs.put(SETTLED + letter.id(), how.getBytes(UTF_8)));
        letters.stream()
                .map(letter -> new TopicPartition(Topics.deadLettersOf(letter.group()), letter.partition()))
                .distinct()
                .forEach(this::trim);
    }

    /** Deletes settled letters up to the first that is not, and their notes. */
    private void trim(TopicPartition partition) {
        Set<String> settled = settled();
        List<DeadLetter> letters = new DeadLetterReader(consumer)
                .read(Map.of(partition, 0L)).stream()
                        .takeWhile(letter -> settled.contains(letter.id()))
                        .toList();
        if (letters.isEmpty()) {
            return;
        }
        long next = letters.get(letters.size() - 1).offset() + 1;
        Brokers.answer(
                "deleting settled dead letters",
                admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(next)))
                        .all());
        letters.forEach(letter -> blobs.delete(SETTLED + letter.id()));
    }

    private Set<TopicPartition> partitions() {
        Set<String> topics = new HashSet<>(
                Brokers.answer("listing topics", admin.listTopics().names()));
        topics.removeIf(topic -> !Topics.holdsDeadLetters(topic));
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
    }

    private List<DeadLetter> all(Set<TopicPartition> partitions) {
        return partitions.isEmpty()
                ? List.of()
                : new DeadLetterReader(consumer).read(partitions.stream().collect(Collectors.toMap(p -> p, p -> 0L)));
    }

    /** Forgets notes of letters that lie there no more: a topic gives its records up with age, and one that was made anew counts from 0. */
    private void forgetNotes(Set<TopicPartition> partitions) {
        Set<String> notes = settled();
        if (notes.isEmpty() || partitions.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                String letters = Topics.groupOf(partition.topic()) + "/" + partition.partition() + "/";
                notes.stream()
                        .filter(note -> note.startsWith(letters))
                        .filter(note -> {
                            long offset = Long.parseLong(note.substring(letters.length()));
                            return offset < beginnings.get(partition) || offset >= ends.get(partition);
                        })
                        .forEach(note -> blobs.delete(SETTLED + note));
            }
        } catch (KafkaException e) {
            throw Brokers.unavailable("asking which dead letters are kept", e);
        }
    }

    private Set<String> settled() {
        return blobs.list(SETTLED).stream()
                .map(key -> key.substring(SETTLED.length()))
                .collect(Collectors.toSet());
    }

    private static Optional<Envelope<? extends Event>> event(DeadLetter letter) {
        try {
            return Optional.of(CloudEvents.decode(letter.event()));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        publisher.close();
        consumer.close();
        admin.close();
    }
}
