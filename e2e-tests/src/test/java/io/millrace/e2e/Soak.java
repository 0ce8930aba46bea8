package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

    /**
     * What is done to the services while they work.
     *
     * @param every time between two kills; the first comes after it
     * @param kills kills at most
     * @param brokerRestarts whether the broker is stopped and started after half of them
     */
    public record Harm(Duration every, int kills, boolean brokerRestarts) {
        public static final Harm NONE = new Harm(Duration.ZERO, 0, false);
    }

    /**
     * What came of it.
     *
     * @param ends how each data set ended, by its name: its leaderboard without times, or why there is none
     * @param events final events in the topics, and how many of them differ by id
     * @param kills how often each service was killed
     */
    public record Outcome(
            Map<String, String> ends, int events, int distinct, Map<String, Integer> kills, Duration took) {}

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
        Map<String, Integer> kills = new TreeMap<>();
        Map<String, String> ends = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        int events = 0;
        int killed = 0;
        int quiet = 0;
        long start = System.nanoTime();
        long nextKill = start + harm.every().toNanos();
        long took = 0;
        try (KafkaConsumer<String, byte[]> consumer = consumer(backEnds)) {
            // After the last end a while longer: what ends twice would do so now.
            while (ends.size() < sets || quiet < 10) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new AssertionError(
                            "after " + limit + " and " + killed + " kills only " + ends.keySet() + " have ended");
                }
                quiet++;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    events++;
                    quiet = 0;
                    if (ids.add(header(record.headers(), "ce_id"))) {
                        end(ends, record);
                    }
                    took = System.nanoTime() - start;
                }
                if (killed < harm.kills() && ends.size() < sets && System.nanoTime() - nextKill > 0) {
                    kills.merge(services.kill(random.nextInt(services.count())), 1, Integer::sum);
                    killed++;
                    nextKill = System.nanoTime() + harm.every().toNanos();
                    if (harm.brokerRestarts() && killed == harm.kills() / 2) {
                        backEnds.restartBroker();
                    }
                }
            }
        }
        return new Outcome(ends, events, ids.size(), kills, Duration.ofNanos(took));
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
        consumer.subscribe(List.of("millrace.model.published", "millrace.run.failed", "millrace.dataset.rejected"));
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
        List<String> rows = new ArrayList<>();
        event.get("leaderboard").forEach(row -> {
            ((ObjectNode) row).remove(List.of("trainSeconds", "cpuSeconds"));
            rows.add(row.toString());
        });
        return event.get("score") + " " + rows;
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
