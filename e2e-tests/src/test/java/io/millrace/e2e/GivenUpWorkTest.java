package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.ensembler.EnsemblerConfig;
import io.millrace.ensembler.EnsemblerService;
import io.millrace.evaluator.EvaluatorConfig;
import io.millrace.evaluator.EvaluatorService;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.profiler.ProfilerConfig;
import io.millrace.profiler.ProfilerService;
import io.millrace.rangetester.RangeTesterConfig;
import io.millrace.rangetester.RangeTesterService;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Environment;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.millrace.scorer.ScorerConfig;
import io.millrace.scorer.ScorerService;
import io.millrace.trainer.TrainerConfig;
import io.millrace.trainer.TrainerService;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Work that cannot be done, for every queue there is: the schema's example of it, whose table, artifacts or model are in no
 * store. Its record becomes a dead letter, and an event ends what waits for it.
 */
@Timeout(2 * GivenUpWorkTest.LONG_SECONDS)
class GivenUpWorkTest {
    private static final Map<EventType, String> GROUPS = Map.of(
            EventType.DATASET_SUBMITTED, "millrace-profiler",
            EventType.RANGE_TEST_REQUESTED, "millrace-range-tester",
            EventType.TRIAL_REQUESTED, "millrace-trainer",
            EventType.TRIAL_TRAINED, "millrace-evaluator",
            EventType.SEARCH_COMPLETED, "millrace-ensembler",
            EventType.ENSEMBLE_BUILT, "millrace-evaluator",
            EventType.PREDICTION_REQUESTED, "millrace-scorer");
    private static final Subscription SILENT = new Subscription() {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void stop() {}

        @Override
        public void close() {}
    };
    /** The first case loads what reads files, which takes its time on a busy machine. */
    static final int LONG_SECONDS = 120;

    private static final Duration SHORT = Duration.ofMillis(1);

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource({
        "DATASET_SUBMITTED, RUN_FAILED",
        "RANGE_TEST_REQUESTED, LEARNING_RATE_FOUND",
        "TRIAL_REQUESTED, TRIAL_FAILED",
        "TRIAL_TRAINED, TRIAL_FAILED",
        "SEARCH_COMPLETED, RUN_FAILED",
        "ENSEMBLE_BUILT, RUN_FAILED",
        "PREDICTION_REQUESTED, PREDICTION_FAILED"
    })
    void isADeadLetterAndEndsWhatWaitsForIt(EventType work, EventType end) throws Exception {
        Envelope<Event> event = example(work);
        try (InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), retries())) {
            // Its archive is in no store either, which is what becomes of a prediction.
            bus.publish(List.of(example(EventType.MODEL_PUBLISHED)));
            List<Service> services = services(bus);
            services.forEach(Service::start);
            CountDownLatch ended = new CountDownLatch(1);
            bus.watch(Set.of(end), e -> ended.countDown());
            bus.publish(List.of(event));
            assertThat(ended.await(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(bus.awaitDeadLetters(GROUPS.get(work), 1)).hasSize(1);
            services.forEach(Service::close);
            assertThat(bus.published())
                    .filteredOn(published -> published.type() == end)
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.runId()).isEqualTo(event.runId());
                        assertThat(told.causationId()).contains(event.id());
                    });
        }
    }

    @Test
    void noQueueIsLeftOut() {
        Queues queues = new Queues();
        List<Service> services = services(queues);
        services.forEach(Service::start);
        assertThat(queues.types).isEqualTo(GROUPS.keySet());
        services.forEach(Service::close);
    }

    private List<Service> services(EventBus bus) {
        Environment environment = new Environment(Map.of("MILLRACE_SCORER_PORT", "0"));
        BlobStore blobs = new InMemoryBlobStore();
        PrometheusRegistry registry = new PrometheusRegistry();
        Platform platform = new Platform(
                new GuardedEventBus(bus, blobs, new EventMetrics(registry), retries()),
                blobs,
                registry,
                Clock.systemUTC(),
                scratch);
        return List.of(
                new ProfilerService(ProfilerConfig.from(environment), platform),
                new RangeTesterService(RangeTesterConfig.from(environment), platform),
                new TrainerService(TrainerConfig.from(environment), platform),
                new EvaluatorService(EvaluatorConfig.from(environment), platform),
                new EnsemblerService(EnsemblerConfig.from(environment), platform),
                new ScorerService(ScorerConfig.from(environment), platform));
    }

    private static RetryPolicy retries() {
        return new RetryPolicy(2, SHORT, SHORT);
    }

    private static Envelope<Event> example(EventType type) throws IOException {
        try (InputStream example =
                GivenUpWorkTest.class.getResourceAsStream("/examples/" + type.eventName() + ".v1.json")) {
            ObjectNode value = (ObjectNode) new ObjectMapper().readTree(example);
            // A trial whose time is over ends by itself, before anything is read.
            value.remove("deadline");
            return new Envelope<>(
                    "work-1",
                    "t001",
                    "run-1",
                    Optional.empty(),
                    Optional.empty(),
                    "/millrace/test",
                    Instant.now(),
                    Json.read(value, type.payload()));
        }
    }

    /** Hears which events services work on, and gives them none. */
    private static final class Queues implements EventBus {
        private final Set<EventType> types = new HashSet<>();

        @Override
        public <E extends Event> Subscription work(
                String group, Class<E> type, int slots, EventHandler<E> handler, FailureEvents<E> onFailure) {
            types.add(CloudEvents.typeOf(type));
            return SILENT;
        }

        @Override
        public void publish(List<Envelope<? extends Event>> events) {
            throw new AssertionError("nothing was worked on");
        }

        @Override
        public Subscription follow(
                String group, Set<EventType> followed, EventFollower follower, FailureEvents<Event> onFailure) {
            return SILENT;
        }

        @Override
        public Subscription watch(Set<EventType> watched, EventFollower follower) {
            return SILENT;
        }

        @Override
        public void read(Set<EventType> read, Consumer<Envelope<? extends Event>> reader) {
            // A scorer reads what was published before it began: nothing here.
        }

        @Override
        public void close() {}
    }
}
