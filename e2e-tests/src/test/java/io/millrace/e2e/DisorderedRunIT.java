package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.events.DecisionMade;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelPublished;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Platform;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.memory.Transport;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of which every event comes twice and none in its turn, with every service in this process. */
@Timeout(2 * DisorderedRunIT.LONG_SECONDS)
class DisorderedRunIT {
    static final int LONG_SECONDS = 240;

    private static final Duration LONG = Duration.ofSeconds(LONG_SECONDS);
    private static final long SEED = 7;
    /** More than a planner has under way at once. */
    private static final int TRIALS = 5;

    private static final int FEW_TRIALS = 2;
    private static final Set<EventType> ENDS =
            Set.of(EventType.MODEL_PUBLISHED, EventType.RUN_FAILED, EventType.DATASET_REJECTED);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    /** What is done between the end of the first data set and the drop of the second. */
    private interface Interlude {
        void play(InMemoryEventBus bus);
    }

    /**
     * What came of two data sets.
     *
     * @param delivered every event, as often as it came
     * @param ends how each data set ended, by its name: its leaderboard without times, or what else there was
     */
    private record Pass(List<Envelope<? extends Event>> delivered, Map<String, String> ends) {}

    @Test
    void runsWhoseEventsComeTwiceAndInDisorderEndOnceAndAsUndisturbed() throws Exception {
        Pass undisturbed = pass("undisturbed", Transport.PROMPT, bus -> {});
        Pass disordered;
        try (DisorderedTransport disorder = new DisorderedTransport(SEED)) {
            // As after a group's position was set back: every event once more, long after its run has ended.
            disordered = pass("disordered", disorder, bus -> {
                disorder.awaitDelivery();
                disorder.everythingAgain().forEach(bus::append);
            });
            disorder.awaitDelivery();
        }
        assertThat(decisions(undisturbed)).hasSize(2).allSatisfy(numbers -> assertThat(numbers)
                .isSorted());
        assertThat(decisions(disordered)).anySatisfy(numbers -> assertThat(numbers)
                .isNotEqualTo(numbers.stream().sorted().toList()));
        assertThat(disordered.delivered())
                .hasSizeGreaterThan(2 * undisturbed.delivered().size());
        assertThat(disordered.ends()).isEqualTo(undisturbed.ends());
    }

    private Pass pass(String name, Transport transport, Interlude interlude) throws Exception {
        RetryPolicy retries = new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(100));
        BlobStore blobs = new InMemoryBlobStore();
        PrometheusRegistry metrics = new PrometheusRegistry();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve(name));
                InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), retries, transport);
                AllServices services = AllServices.start(
                        new Platform(
                                new GuardedEventBus(bus, blobs, new EventMetrics(metrics), retries),
                                blobs,
                                metrics,
                                Clock.systemUTC(),
                                folder.resolve(name + "-scratch")),
                        Map.of(
                                "MILLRACE_DATABASE_URL", database.url(),
                                "MILLRACE_DATABASE_USER", database.user(),
                                "MILLRACE_DATABASE_PASSWORD", database.password(),
                                "MILLRACE_GATEWAY_PORT", "0"))) {
            drop(services, "first", TRIALS);
            awaitEnd(services, "first");
            interlude.play(bus);
            // Queues and followers take what came before first, so that its end is behind what the repetition has led
            // to.
            drop(services, "second", FEW_TRIALS);
            awaitEnd(services, "second");
            assertThat(services.get("/runs").get("runs")).hasSize(2);
            assertThat(services.get("/models").get("models")).hasSize(2);
            List<Envelope<? extends Event>> delivered = bus.published();
            assertThat(deadLetters(bus)).isEmpty();
            return new Pass(delivered, ends(delivered));
        }
    }

    private void drop(AllServices services, String name, int trials) throws Exception {
        URI uri = services.gateway("/datasets?name=" + name + "&target=" + SampleData.multiclassTarget() + "&trials="
                + trials + "&seed=5");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofFile(SampleData.multiclass(folder)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static void awaitEnd(AllServices services, String name) throws Exception {
        Waiting.until(name + " to end", LONG, () -> {
            for (JsonNode run : services.get("/runs").get("runs")) {
                if (run.path("name").asText().equals(name) && run.has("endedAt")) {
                    return true;
                }
            }
            return false;
        });
    }

    private static List<Object> deadLetters(InMemoryEventBus bus) {
        List<Object> dead = new ArrayList<>();
        ServiceConfigs.services().forEach(service -> dead.addAll(bus.deadLetters("millrace-" + service)));
        return dead;
    }

    /** Takes each event once, by its id, as every consumer does; a second end of a data set is added to its first. */
    private static Map<String, String> ends(List<Envelope<? extends Event>> delivered) {
        Map<String, Event> once = new TreeMap<>();
        Map<String, String> ends = new TreeMap<>();
        for (Envelope<? extends Event> envelope : delivered) {
            Event before = once.putIfAbsent(envelope.id(), envelope.event());
            if (before != null) {
                assertThat(envelope.event())
                        .as("another %s with the id of one before", envelope.type())
                        .isEqualTo(before);
            } else if (ENDS.contains(envelope.type())) {
                ends.merge(
                        Json.tree(envelope.event()).get("name").asText(),
                        text(envelope.event()),
                        (first, second) -> first + " AND " + second);
            }
        }
        return ends;
    }

    private static String text(Event end) {
        return end instanceof ModelPublished ? Timeless.text(Json.tree(end)) : end.toString();
    }

    /** Of each run the numbers of its decisions in the order in which they first came; the planner publishes them in theirs. */
    private static Collection<List<Long>> decisions(Pass pass) {
        Set<String> seen = new HashSet<>();
        Map<String, List<Long>> byRun = new TreeMap<>();
        for (Envelope<? extends Event> envelope : pass.delivered()) {
            if (envelope.event() instanceof DecisionMade decision && seen.add(envelope.id())) {
                byRun.computeIfAbsent(envelope.runId(), run -> new ArrayList<>())
                        .add(decision.number());
            }
        }
        return byRun.values();
    }
}
