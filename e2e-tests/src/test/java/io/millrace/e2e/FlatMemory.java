package io.millrace.e2e;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.FailureKind;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.kafka.KafkaConfig;
import io.millrace.runtime.kafka.KafkaEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How much intake, profiler, planner and gateway hold on to while a long queue of data sets goes through them, and one long
 * run. They are processes on a real broker and database; trainers, range-testers and evaluators are stand-ins, and an
 * ensembler ends each run without a model.
 */
public final class FlatMemory {
    private static final Duration LONG = Duration.ofHours(2);
    private static final List<String> SERVICES = List.of("intake", "profiler", "planner", "gateway");
    private static final int SLOTS = 8;

    private final Path folder;
    private final Set<String> planned = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Map<String, JavaProcess> processes = new LinkedHashMap<>();
    private final AtomicInteger trials = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();

    /** @param folder for broker, database, store and scratch */
    public FlatMemory(Path folder) {
        this.folder = folder;
    }

    /**
     * What every service held at a moment.
     *
     * @param when what had been done by then
     * @param bytes reachable objects by service, after a full collection
     */
    public record Reading(String when, Map<String, Long> bytes) {}

    /** Takes the readings one after another. */
    @FunctionalInterface
    public interface Readings {
        void add(Reading reading);
    }

    /**
     * Hands in data sets of one trial each while no trainer is there, so that they wait in the planner's memory; lets trainers
     * come; then one run of many trials.
     *
     * @param sets data sets in the queue
     * @param longRun trials of the run after them
     * @param parts readings of each of the three stretches
     */
    public void watch(int sets, int longRun, int parts, Readings readings) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
                KafkaEventBus bus = KafkaEventBus.open(
                        KafkaConfig.of(kafka.bootstrapServers()),
                        Clock.systemUTC(),
                        new EventMetrics(new PrometheusRegistry()))) {
            bus.watch(Set.of(EventType.TRIAL_REQUESTED, EventType.RUN_FAILED, EventType.DATASET_REJECTED), this::note);
            try {
                start(kafka, database);
                // What a service loads and keeps with its first data set is no growth.
                drop(kafka, "warm-up-", 20, 1);
                reach(() -> planned.size(), 20);
                readings.add(reading("nothing waits"));
                drop(kafka, "set-", sets, 1);
                for (int part = 1; part <= parts; part++) {
                    int aim = sets * part / parts;
                    reach(() -> planned.size() - 20, aim);
                    readings.add(reading(aim + " wait for trainers"));
                }
                standIn(bus);
                for (int part = 1; part <= parts; part++) {
                    int aim = sets * part / parts;
                    reach(() -> ended.size() - 20, aim);
                    readings.add(reading(aim + " have ended"));
                }
                trials.set(0);
                drop(kafka, "long-", 1, longRun);
                for (int part = 1; part <= parts; part++) {
                    int aim = longRun * part / parts;
                    reach(trials::get, aim);
                    readings.add(reading("trial " + aim));
                }
            } finally {
                processes.values().forEach(JavaProcess::close);
            }
        }
    }

    private void note(Envelope<? extends Event> event) {
        switch (event.type()) {
            case TRIAL_REQUESTED -> planned.add(event.runId());
            case RUN_FAILED -> ended.add(event.runId());
            default -> rejected.incrementAndGet();
        }
    }

    private void start(EmbeddedKafka kafka, EmbeddedDatabase database) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "MILLRACE_KAFKA", kafka.bootstrapServers(),
                "MILLRACE_BLOBS", folder.resolve("blobs").toString()));
        Map<String, String> withDatabase = new HashMap<>(environment);
        withDatabase.put("MILLRACE_DATABASE_URL", database.url());
        withDatabase.put("MILLRACE_DATABASE_USER", database.user());
        for (String service : SERVICES) {
            Map<String, String> own =
                    new HashMap<>(service.equals("planner") || service.equals("gateway") ? withDatabase : environment);
            own.put("MILLRACE_SCRATCH", folder.resolve("scratch-" + service).toString());
            if (service.equals("gateway")) {
                own.put("MILLRACE_GATEWAY_PORT", "0");
            }
            processes.put(
                    service, JavaProcess.start(folder, ServiceProcesses.mains().get(service), own));
        }
    }

    private static void drop(EmbeddedKafka kafka, String prefix, int sets, int trials) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                // The topic is there once intake has started.
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", LONG.toMillis()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int set = 0; set < sets; set++) {
                ProducerRecord<String, byte[]> drop =
                        new ProducerRecord<>("millrace.dataset.dropped", prefix + set, table(set));
                Map<String, String> settings = Map.of(
                        "form", "bytes", "target", "label", "trials", Integer.toString(trials), "seed", "" + set);
                settings.forEach((name, value) -> drop.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(drop);
            }
            producer.flush();
        }
    }

    /** A hundred rows of three columns, different for every data set. */
    private static byte[] table(int set) {
        StringBuilder rows = new StringBuilder("size,place,label\n");
        for (int row = 0; row < 100; row++) {
            int size = (row * 37 + set * 101) % 1009;
            rows.append(size / 10.0).append(',').append("abc".charAt(row % 3)).append(',');
            rows.append((size + row) % 5 < 2 ? "yes" : "no").append('\n');
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void standIn(KafkaEventBus bus) {
        bus.work("millrace-trainer", TrialRequested.class, SLOTS, (input, work) -> {
            trials.incrementAndGet();
            return List.of(new Emission(input.subject(), StandIns.answer(input.event(), .01)));
        });
        bus.work(
                "millrace-range-tester",
                RangeTestRequested.class,
                2,
                (input, work) -> List.of(new Emission(input.subject(), StandIns.found(input.event()))));
        bus.work(
                "millrace-ensembler",
                SearchCompleted.class,
                2,
                (input, work) -> List.of(new Emission(
                        input.subject(),
                        new RunFailed(
                                input.event().name(),
                                "ensembler",
                                FailureKind.INVALID_INPUT,
                                "Nothing is built here."))));
    }

    private void reach(IntSupplier count, int aim) throws InterruptedException {
        for (Map.Entry<String, JavaProcess> service : processes.entrySet()) {
            service.getValue()
                    .await(
                            aim + " instead of " + count.getAsInt() + " (" + service.getKey() + ")",
                            LONG,
                            () -> rejected.get() > 0 || count.getAsInt() >= aim);
        }
        if (rejected.get() > 0) {
            throw new AssertionError(rejected + " data sets were rejected");
        }
    }

    private Reading reading(String when) throws Exception {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (Map.Entry<String, JavaProcess> service : processes.entrySet()) {
            bytes.put(service.getKey(), LiveMemory.of(service.getValue().handle()));
        }
        return new Reading(when, bytes);
    }
}
