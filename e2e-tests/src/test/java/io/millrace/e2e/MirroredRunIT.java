package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.ensembler.EnsemblerConfig;
import io.millrace.ensembler.EnsemblerService;
import io.millrace.evaluator.EvaluatorConfig;
import io.millrace.evaluator.EvaluatorService;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelPublished;
import io.millrace.intake.IntakeConfig;
import io.millrace.intake.IntakeService;
import io.millrace.planner.PlannerConfig;
import io.millrace.planner.PlannerService;
import io.millrace.profiler.ProfilerConfig;
import io.millrace.profiler.ProfilerService;
import io.millrace.rangetester.RangeTesterConfig;
import io.millrace.rangetester.RangeTesterService;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Environment;
import io.millrace.runtime.OpenPlatform;
import io.millrace.runtime.Platform;
import io.millrace.runtime.PlatformConfig;
import io.millrace.runtime.Service;
import io.millrace.runtime.blob.FolderBlobStore;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.kafka.DeadLetter;
import io.millrace.runtime.kafka.DeadLetterQueues;
import io.millrace.runtime.kafka.KafkaConfig;
import io.millrace.runtime.kafka.KafkaEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.trainer.TrainerConfig;
import io.millrace.trainer.TrainerService;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link DisorderedRunIT} does on a bus in memory, on Kafka: the services that decide have one broker, those that compute
 * another, and between the two every event comes late, twice and in disorder.
 */
class MirroredRunIT {
    private static final int LONG_SECONDS = 240;
    private static final Duration LONG = Duration.ofSeconds(LONG_SECONDS);
    private static final long SEED = 7;
    /** Fewer than a search begins with on its own, so that no run tells the next one of a cure. */
    private static final int TRIALS = 3;

    private static final Set<EventType> ENDS =
            EnumSet.of(EventType.MODEL_PUBLISHED, EventType.RUN_FAILED, EventType.DATASET_REJECTED);

    @TempDir
    Path folder;

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    @Test
    @Timeout(3 * LONG_SECONDS)
    void runsWhoseEventsComeTwiceAndInDisorderEndOnceAndAsUndisturbed() throws Exception {
        try (EmbeddedKafka deciding = EmbeddedKafka.start(folder.resolve("deciding"));
                EmbeddedKafka computing = EmbeddedKafka.start(folder.resolve("computing"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"));
                KafkaEventBus decided = bus(deciding);
                KafkaEventBus computed = bus(computing);
                DisorderedMirror mirror =
                        new DisorderedMirror(SEED, deciding.bootstrapServers(), computing.bootstrapServers());
                Part deciders = Part.start("deciders", environment(deciding, database), MirroredRunIT::deciders);
                Part computers = Part.start("computers", environment(computing, database), MirroredRunIT::computers)) {
            Waiting.until("services to be ready", LONG, () -> deciders.ready() && computers.ready());
            decided.watch(ENDS, end -> ended.add(nameOf(end.event())));
            run(deciding, "undisturbed");
            mirror.disturb();
            run(deciding, "disordered");
            assertThat(mirror.overtaken()).as("events that were overtaken").isPositive();
            // As after positions of groups were set back: every event once more, long after its run has ended.
            mirror.everythingAgain();
            run(deciding, "next");
            awaitNoBacklog(decided);
            awaitNoBacklog(computed);

            Map<String, String> ends = ends(decided);
            assertThat(ends).containsOnlyKeys("undisturbed", "disordered", "next");
            assertThat(ends.values()).containsOnly(ends.get("undisturbed"));
            assertThat(ends(computed)).isEqualTo(ends);
            assertThat(List.of(deadLetters(deciding), deadLetters(computing))).containsOnly(List.of());
        }
    }

    private static KafkaEventBus bus(EmbeddedKafka kafka) {
        return KafkaEventBus.open(
                KafkaConfig.of(kafka.bootstrapServers()),
                Clock.systemUTC(),
                new EventMetrics(new PrometheusRegistry()));
    }

    /** Services with one broker. */
    private record Part(OpenPlatform platform, List<Service> services) implements AutoCloseable {
        static Part start(
                String name, Environment environment, BiFunction<Environment, Platform, List<Service>> services) {
            OpenPlatform open = OpenPlatform.open(PlatformConfig.from(environment), name);
            Part part = new Part(open, services.apply(environment, open.platform()));
            part.services.forEach(Service::start);
            return part;
        }

        boolean ready() {
            return services.stream().allMatch(Service::ready);
        }

        @Override
        public void close() {
            services.forEach(Service::close);
            platform.close();
        }
    }

    private static List<Service> deciders(Environment environment, Platform platform) {
        return List.of(
                new IntakeService(IntakeConfig.from(environment), platform),
                new PlannerService(PlannerConfig.from(environment), platform));
    }

    private static List<Service> computers(Environment environment, Platform platform) {
        return List.of(
                new ProfilerService(ProfilerConfig.from(environment), platform),
                new RangeTesterService(RangeTesterConfig.from(environment), platform),
                new TrainerService(TrainerConfig.from(environment), platform),
                new EvaluatorService(EvaluatorConfig.from(environment), platform),
                new EnsemblerService(EnsemblerConfig.from(environment), platform));
    }

    private Environment environment(EmbeddedKafka kafka, EmbeddedDatabase database) {
        return new Environment(Map.of(
                "MILLRACE_KAFKA", kafka.bootstrapServers(),
                "MILLRACE_BLOBS", blobs().toString(),
                "MILLRACE_SCRATCH", folder.resolve("scratch").toString(),
                "MILLRACE_DRAIN", "1s",
                "MILLRACE_LEAVE", "0s",
                "MILLRACE_DATABASE_URL", database.url(),
                "MILLRACE_DATABASE_USER", database.user(),
                "MILLRACE_DATABASE_PASSWORD", database.password()));
    }

    private Path blobs() {
        return folder.resolve("blobs");
    }

    /** Drops a data set, the same under every name, and waits for its run to end. */
    private void run(EmbeddedKafka kafka, String name) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> drop =
                    new ProducerRecord<>(BadData.DROPPED, name, Files.readAllBytes(SampleData.multiclass(folder)));
            Map.of("target", SampleData.multiclassTarget(), "trials", Integer.toString(TRIALS), "seed", "5")
                    .forEach((setting, value) -> drop.headers().add(setting, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(drop);
        }
        Waiting.until("the end of " + name, LONG, () -> ended.contains(name));
    }

    private static void awaitNoBacklog(KafkaEventBus bus) throws Exception {
        Waiting.until("everything to be taken", LONG, () -> bus.backlog().read().values().stream()
                .allMatch(lag -> lag == 0));
    }

    /**
     * How each data set ended. Takes each event once, by its id, as every consumer does; a second end of a data set is added to
     * its first.
     */
    private static Map<String, String> ends(KafkaEventBus bus) {
        Map<String, Event> once = new HashMap<>();
        Map<String, String> ends = new TreeMap<>();
        bus.read(EnumSet.allOf(EventType.class), envelope -> {
            Event before = once.putIfAbsent(envelope.id(), envelope.event());
            if (before != null) {
                assertThat(envelope.event())
                        .as("another %s with the id of one before", envelope.type())
                        .isEqualTo(before);
            } else if (ENDS.contains(envelope.type())) {
                ends.merge(
                        nameOf(envelope.event()), text(envelope.event()), (first, second) -> first + " AND " + second);
            }
        });
        return ends;
    }

    private static String nameOf(Event end) {
        return Json.tree(end).get("name").asText();
    }

    private static String text(Event end) {
        return end instanceof ModelPublished ? Timeless.text(Json.tree(end)) : end.toString();
    }

    private List<DeadLetter> deadLetters(EmbeddedKafka kafka) {
        try (BlobStore store = new FolderBlobStore(blobs());
                DeadLetterQueues queues = new DeadLetterQueues(KafkaConfig.of(kafka.bootstrapServers()), store)) {
            return queues.list();
        }
    }
}
