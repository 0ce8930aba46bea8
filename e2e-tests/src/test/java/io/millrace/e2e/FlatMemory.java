package io.millrace.e2e;

import io.millrace.embedded.EmbeddedDatabase;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How much the processes of the platform hold on to while many data sets go through them, and one long run: the broker and
 * the services, on a real database.
 */
public final class FlatMemory {
    private static final Duration LONG = Duration.ofHours(2);
    private static final int WARM_UP = 20;
    private static final int SLOTS = 8;

    private final Path folder;
    private final Set<String> planned = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final AtomicInteger trials = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Map<String, JavaProcess> processes = new LinkedHashMap<>();
    private EventType end;
    private BrokerProcess broker;

    /** @param folder for broker, database, store and scratch */
    public FlatMemory(Path folder) {
        this.folder = folder;
    }

    /**
     * What every process held at a moment.
     *
     * @param when what had been done by then
     * @param held by name of the service
     */
    public record Reading(String when, Map<String, Held> held) {}

    /**
     * What a process held.
     *
     * @param live bytes of reachable objects, after a full collection
     * @param resident bytes of physical memory after it: what the heap has not given back, classes, compiled code and tensors
     */
    public record Held(long live, long resident) {}

    /** Takes the readings one after another. */
    @FunctionalInterface
    public interface Readings {
        void add(Reading reading);
    }

    private interface Stretches {
        void go(KafkaEventBus bus) throws Exception;
    }

    /**
     * A queue. Hands in data sets of one trial each while no trainer is there, so that they wait in the planner's memory;
     * lets trainers, range-testers, evaluators and an ensembler come that are stand-ins, the last of which ends each run
     * without a model; then one run of many trials.
     *
     * @param sets data sets in the queue
     * @param longRun trials of the run after them
     * @param parts readings of each of the three stretches
     */
    public void queue(int sets, int longRun, int parts, Readings readings) throws Exception {
        watch(List.of("intake", "profiler", "planner", "gateway"), EventType.RUN_FAILED, bus -> {
            // What a service loads and keeps with its first data set is no growth.
            drop("warm-up-", WARM_UP, 1);
            reach(planned::size, WARM_UP);
            readings.add(reading("nothing waits"));
            drop("set-", sets, 1);
            stretch(() -> planned.size() - WARM_UP, sets, parts, "%d wait for trainers", readings);
            standIn(bus);
            stretch(() -> ended.size() - WARM_UP, sets, parts, "%d have ended", readings);
            longRun(longRun, parts, readings);
        });
    }

    /**
     * The same work as users have it: every service is there and each data set becomes a model.
     *
     * @param sets data sets of one trial, one after another
     * @param longRun trials of the run after them
     * @param parts readings of each of the two stretches
     */
    public void models(int sets, int longRun, int parts, Readings readings) throws Exception {
        watch(List.copyOf(ServiceProcesses.mains().keySet()), EventType.MODEL_PUBLISHED, bus -> {
            drop("warm-up-", WARM_UP, 1);
            reach(ended::size, WARM_UP);
            readings.add(reading("before"));
            drop("set-", sets, 1);
            stretch(() -> ended.size() - WARM_UP, sets, parts, "%d models", readings);
            longRun(longRun, parts, readings);
        });
    }

    private void watch(List<String> services, EventType expectedEnd, Stretches stretches) throws Exception {
        end = expectedEnd;
        try (BrokerProcess kafka = BrokerProcess.start(folder.resolve("kafka"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
                KafkaEventBus bus = KafkaEventBus.open(
                        KafkaConfig.of(kafka.bootstrapServers()),
                        Clock.systemUTC(),
                        new EventMetrics(new PrometheusRegistry()));
                ServiceProcesses running =
                        new ServiceProcesses(folder, environment(kafka.bootstrapServers(), database), services)) {
            broker = kafka;
            processes.put("broker", kafka.process());
            processes.putAll(running.processes());
            bus.watch(
                    Set.of(
                            EventType.TRIAL_REQUESTED,
                            EventType.TRIAL_EVALUATED,
                            EventType.MODEL_PUBLISHED,
                            EventType.RUN_FAILED,
                            EventType.DATASET_REJECTED),
                    this::note);
            stretches.go(bus);
        }
    }

    private Map<String, String> environment(String bootstrapServers, EmbeddedDatabase database) {
        return Map.of(
                "MILLRACE_KAFKA", bootstrapServers,
                "MILLRACE_BLOBS", folder.resolve("blobs").toString(),
                "MILLRACE_DATABASE_URL", database.url(),
                "MILLRACE_DATABASE_USER", database.user());
    }

    private void note(Envelope<? extends Event> event) {
        switch (event.type()) {
            case TRIAL_REQUESTED -> planned.add(event.runId());
            case TRIAL_EVALUATED -> trials.incrementAndGet();
            default -> {
                if (event.type() == end) {
                    ended.add(event.runId());
                } else {
                    lost.incrementAndGet();
                }
            }
        }
    }

    private void longRun(int count, int parts, Readings readings) throws Exception {
        trials.set(0);
        drop("long-", 1, count);
        stretch(trials::get, count, parts, "trial %d", readings);
    }

    private void stretch(IntSupplier count, int whole, int parts, String when, Readings readings) throws Exception {
        for (int part = 1; part <= parts; part++) {
            int aim = whole * part / parts;
            reach(count, aim);
            readings.add(reading(String.format(when, aim)));
        }
    }

    private void drop(String prefix, int sets, int trialsEach) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                // The topic is there once intake has started.
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", LONG.toMillis()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int set = 0; set < sets; set++) {
                ProducerRecord<String, byte[]> drop =
                        new ProducerRecord<>("millrace.dataset.dropped", prefix + set, table(set));
                Map<String, String> settings = Map.of(
                        "form", "bytes",
                        "target", "label",
                        "folds", "2",
                        "trials", Integer.toString(trialsEach),
                        "seed", "" + set);
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

    private static void standIn(KafkaEventBus bus) {
        bus.work(
                "millrace-trainer",
                TrialRequested.class,
                SLOTS,
                (input, work) -> List.of(new Emission(input.subject(), StandIns.answer(input.event(), .01))));
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
                            () -> lost.get() > 0 || count.getAsInt() >= aim);
        }
        if (lost.get() > 0) {
            throw new AssertionError(lost + " data sets were rejected or failed");
        }
    }

    private Reading reading(String when) throws Exception {
        Map<String, Held> held = new LinkedHashMap<>();
        for (Map.Entry<String, JavaProcess> service : processes.entrySet()) {
            ProcessHandle process = service.getValue().handle();
            held.put(service.getKey(), new Held(LiveMemory.of(process), LiveMemory.resident(process)));
        }
        return new Reading(when, held);
    }
}
