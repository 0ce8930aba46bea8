package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Data sets through services that run as processes, while one of them after another is killed. Some, from the second
 * on, cannot be learnt from, each in a way of its own. The last one comes when every blow was dealt: there is something to do
 * until then.
 */
public final class Soak {
    private static final int TRAINERS = 3;
    private static final String TRIALS = "millrace.trial.requested";
    private static final String PUBLISHED = "millrace.model.published";
    private static final int USUALLY_BAD = 10;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int sets;
    private final int badEvery;
    private final int trials;
    private final Duration limit;

    /** One in ten is bad. */
    public Soak(int sets, int trials, Duration limit) {
        this(sets, USUALLY_BAD, trials, limit);
    }

    /**
     * @param sets data sets, each with a seed of its own
     * @param badEvery one in so many is bad, from 2; their kinds ({@link BadData}) take turns
     * @param trials trials for each, so that its leaderboard does not depend on time
     * @param limit how long a pass may take
     */
    public Soak(int sets, int badEvery, int trials, Duration limit) {
        this.sets = sets;
        this.badEvery = badEvery;
        this.trials = trials;
        this.limit = limit;
    }

    /** What is done to a running platform. */
    public enum Blow {
        /** SIGKILL of the service whose turn it is, which is started again. */
        KILL,
        /** The same with SIGTERM: it leaves in order. */
        TERM,
        BROKER_RESTART,
        BROKER_KILL,
        DATABASE_RESTART,
        STORE_AWAY
    }

    /**
     * Blows one after another.
     *
     * @param every time from one to the next; the first comes that long after the first trial was asked for
     * @param away how long the object store is away when it is
     */
    public record Harm(Duration every, List<Blow> blows, Duration away) {
        public static final Harm NONE = new Harm(Duration.ZERO, List.of(), Duration.ZERO);

        /** Kills, half of them before the other blows. */
        public static Harm kills(Duration every, int kills, Duration away, Blow... others) {
            List<Blow> blows = new ArrayList<>(Collections.nCopies(kills, Blow.KILL));
            blows.addAll(kills / 2, List.of(others));
            return new Harm(every, blows, away);
        }
    }

    /**
     * What came of it.
     *
     * @param ends how each data set ended, by its name: its leaderboard without times, or why there is none
     * @param events final events in the topics, and how many of them differ by id
     * @param blows how often each service was struck and each back end hurt: {@code KILL trainer}, {@code BROKER_RESTART}
     * @param redeliveries events that were taken again, as far as services lived to tell
     */
    public record Outcome(
            Map<String, String> ends,
            int events,
            int distinct,
            Map<String, Integer> blows,
            long redeliveries,
            Duration took) {}

    /** How the data sets end that cannot be learnt from, by their names. */
    public Map<String, String> failures(String target) {
        List<BadData> kinds = BadData.catalogue(target);
        Map<String, String> failures = new TreeMap<>();
        IntStream.range(0, sets)
                .filter(this::isBad)
                .forEach(set -> failures.put(name(set), bad(kinds, set).end()));
        return failures;
    }

    private boolean isBad(int set) {
        return set % badEvery == 1;
    }

    private BadData bad(List<BadData> kinds, int set) {
        return kinds.get(set / badEvery % kinds.size());
    }

    private static String name(int set) {
        return "set-" + set;
    }

    /** Runs one pass on back ends of its own. Throws an AssertionError when not every data set ends in time. */
    public Outcome pass(Path folder, Path data, String target, Harm harm) throws Exception {
        Files.createDirectories(folder);
        try (BackEnds backEnds = BackEnds.start(folder)) {
            Map<String, String> environment = new TreeMap<>(backEnds.environment());
            environment.put("MILLRACE_ATTEMPTS", "20");
            try (ServiceProcesses services = new ServiceProcesses(folder, environment, TRAINERS)) {
                Drops drops = new Drops(backEnds, Files.readAllBytes(data), target);
                IntStream.range(0, sets - 1).forEach(drops::drop);
                return watch(backEnds, services, new Strikes(harm, backEnds, services), drops);
            }
        }
    }

    private Outcome watch(BackEnds backEnds, ServiceProcesses services, Strikes strikes, Drops drops) throws Exception {
        Map<String, String> ends = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        int events = 0;
        int quiet = 0;
        boolean allDropped = false;
        long start = System.nanoTime();
        long took = 0;
        try (KafkaConsumer<String, byte[]> consumer = consumer(backEnds)) {
            // After the last end a while longer: what ends twice would do so now.
            while (ends.size() < sets || quiet < 10) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new AssertionError(
                            "after " + limit + " and " + strikes.dealt() + " only " + ends.keySet() + " have ended");
                }
                if (!allDropped && strikes.areOver()) {
                    drops.drop(sets - 1);
                    allDropped = true;
                }
                quiet++;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.topic().equals(TRIALS)) {
                        strikes.begin();
                        continue;
                    }
                    events++;
                    quiet = 0;
                    if (ids.add(id(record))) {
                        end(ends, record);
                    }
                    took = System.nanoTime() - start;
                }
                strikes.dealWhatIsDue();
                services.supervise();
            }
        }
        return new Outcome(ends, events, ids.size(), strikes.dealt(), services.redeliveries(), Duration.ofNanos(took));
    }

    /** Puts data sets on the topic. */
    private final class Drops {
        private final BackEnds backEnds;
        private final byte[] good;
        private final List<BadData> bad;
        private final String target;

        Drops(BackEnds backEnds, byte[] content, String target) {
            this.backEnds = backEnds;
            this.good = content;
            this.bad = BadData.catalogue(target);
            this.target = target;
        }

        void drop(int set) {
            try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                    // The topics are there once intake has started.
                    Map.of("bootstrap.servers", backEnds.bootstrapServers(), "max.block.ms", limit.toMillis()),
                    new StringSerializer(),
                    new ByteArraySerializer())) {
                producer.send(record(set));
            }
        }

        private ProducerRecord<String, byte[]> record(int set) {
            Map<String, String> headers = new TreeMap<>(
                    Map.of("form", "bytes", "target", target, "trials", Integer.toString(trials), "seed", "" + set));
            ProducerRecord<String, byte[]> record;
            if (isBad(set)) {
                BadData kind = bad(bad, set);
                headers.putAll(kind.headers());
                record = new ProducerRecord<>(kind.topic(), name(set), kind.value());
            } else {
                record = new ProducerRecord<>(BadData.DROPPED, name(set), good);
            }
            headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            return record;
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(BackEnds backEnds) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", backEnds.bootstrapServers(),
                        "group.id", "soak",
                        "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", "2000"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(PUBLISHED, "millrace.run.failed", BadData.REJECTED, BadData.DEAD, TRIALS));
        return consumer;
    }

    /** Notes an end; a second one of the same data set is added to the first, so that it cannot be overlooked. */
    private static void end(Map<String, String> ends, ConsumerRecord<String, byte[]> record) throws IOException {
        JsonNode event = JSON.readTree(record.value());
        ends.merge(name(record, event), text(record.topic(), event), (first, second) -> first + " AND " + second);
    }

    /** What was no event names nothing; its dead letter has its key. */
    private static String name(ConsumerRecord<String, byte[]> record, JsonNode event) {
        return record.topic().equals(BadData.DEAD)
                ? record.key()
                : event.get("name").asText();
    }

    private static String text(String topic, JsonNode event) {
        return switch (topic) {
            case PUBLISHED -> Timeless.text(event);
            case BadData.DEAD -> topic;
            case BadData.REJECTED -> topic + ": " + event.path("problem").asText();
            default -> topic + ": " + event.path("message").asText();
        };
    }

    /** An event's own; a dead letter has none, and is the same as another one of the same record. */
    private static String id(ConsumerRecord<String, byte[]> record) {
        return record.topic().equals(BadData.DEAD)
                ? record.topic() + " " + record.key()
                : new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }
}
