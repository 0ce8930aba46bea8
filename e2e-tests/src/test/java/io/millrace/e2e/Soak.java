package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Data sets through services that run as processes, while a random one of them is killed again and again. */
public final class Soak {
    private static final int TRAINERS = 3;
    private static final String TRIALS = "millrace.trial.requested";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int sets;
    private final int trials;
    private final Duration limit;

    /**
     * @param sets data sets, each with a seed of its own
     * @param trials trials for each, so that its leaderboard does not depend on time
     * @param limit how long a pass may take
     */
    public Soak(int sets, int trials, Duration limit) {
        this.sets = sets;
        this.trials = trials;
        this.limit = limit;
    }

    /** What is done to a running platform. */
    public enum Blow {
        /** SIGKILL of a random service, which is started again. */
        KILL,
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
     * @param blows how often each service was killed and each back end hurt
     * @param redeliveries events that were taken again, as far as services lived to tell
     */
    public record Outcome(
            Map<String, String> ends,
            int events,
            int distinct,
            Map<String, Integer> blows,
            long redeliveries,
            Duration took) {}

    /** Runs one pass on back ends of its own. Throws an AssertionError when not every data set ends in time. */
    public Outcome pass(Path folder, Path data, String target, Harm harm) throws Exception {
        Files.createDirectories(folder);
        try (BackEnds backEnds = BackEnds.start(folder)) {
            Map<String, String> environment = new TreeMap<>(backEnds.environment());
            environment.put("MILLRACE_ATTEMPTS", "20");
            try (ServiceProcesses services = new ServiceProcesses(folder, environment, TRAINERS)) {
                drop(backEnds, data, target);
                return watch(backEnds, services, harm);
            }
        }
    }

    private void drop(BackEnds backEnds, Path data, String target) throws Exception {
        byte[] content = Files.readAllBytes(data);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                // The topic is there once intake has started.
                Map.of("bootstrap.servers", backEnds.bootstrapServers(), "max.block.ms", limit.toMillis()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int set = 0; set < sets; set++) {
                ProducerRecord<String, byte[]> drop =
                        new ProducerRecord<>("millrace.dataset.dropped", "set-" + set, content);
                Map<String, String> settings =
                        Map.of("form", "bytes", "target", target, "trials", Integer.toString(trials), "seed", "" + set);
                settings.forEach((name, value) -> drop.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(drop).get();
            }
        }
    }

    private Outcome watch(BackEnds backEnds, ServiceProcesses services, Harm harm) throws Exception {
        Random random = new Random(7);
        Map<String, Integer> struck = new TreeMap<>();
        Map<String, String> ends = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        Deque<Blow> due = new ArrayDeque<>(harm.blows());
        int events = 0;
        int quiet = 0;
        boolean searching = false;
        long start = System.nanoTime();
        long nextBlow = 0;
        long took = 0;
        try (KafkaConsumer<String, byte[]> consumer = consumer(backEnds)) {
            // After the last end a while longer: what ends twice would do so now.
            while (ends.size() < sets || quiet < 10) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new AssertionError(
                            "after " + limit + " and " + struck + " only " + ends.keySet() + " have ended");
                }
                quiet++;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.topic().equals(TRIALS)) {
                        nextBlow = searching
                                ? nextBlow
                                : System.nanoTime() + harm.every().toNanos();
                        searching = true;
                        continue;
                    }
                    events++;
                    quiet = 0;
                    if (ids.add(header(record.headers(), "ce_id"))) {
                        end(ends, record);
                    }
                    took = System.nanoTime() - start;
                }
                if (searching && !due.isEmpty() && ends.size() < sets && System.nanoTime() - nextBlow > 0) {
                    struck.merge(strike(due.remove(), backEnds, services, harm, random), 1, Integer::sum);
                    nextBlow = System.nanoTime() + harm.every().toNanos();
                }
                services.supervise();
            }
        }
        return new Outcome(ends, events, ids.size(), struck, services.redeliveries(), Duration.ofNanos(took));
    }

    /** Returns what was struck. */
    private static String strike(Blow blow, BackEnds backEnds, ServiceProcesses services, Harm harm, Random random)
            throws InterruptedException {
        if (blow != Blow.KILL && !backEnds.areOurs()) {
            return "nothing";
        }
        switch (blow) {
            case KILL -> {
                return services.kill(random.nextInt(services.count()));
            }
            case BROKER_RESTART -> backEnds.restartBroker();
            case BROKER_KILL -> backEnds.killBroker();
            case DATABASE_RESTART -> backEnds.restartDatabase();
            case STORE_AWAY -> backEnds.storeAway(harm.away());
        }
        return blow.name();
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
        consumer.subscribe(
                List.of("millrace.model.published", "millrace.run.failed", "millrace.dataset.rejected", TRIALS));
        return consumer;
    }

    /** Notes an end; a second one of the same data set is added to the first, so that it cannot be overlooked. */
    private static void end(Map<String, String> ends, ConsumerRecord<String, byte[]> record) throws IOException {
        JsonNode event = JSON.readTree(record.value());
        ends.merge(
                event.get("name").asText(), text(record.topic(), event), (first, second) -> first + " AND " + second);
    }

    private static String text(String topic, JsonNode event) {
        if (!topic.equals("millrace.model.published")) {
            return topic + ": " + event.path("message").asText();
        }
        return Timeless.text(event);
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
