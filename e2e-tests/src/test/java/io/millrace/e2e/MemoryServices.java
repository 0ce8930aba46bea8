package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.embedded.EmbeddedDatabase;
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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every service in this process on a bus and blobs in memory and a clock that is the test's. Data sets are dropped at the gateway. */
final class MemoryServices implements AutoCloseable {
    private static final RetryPolicy RETRIES = new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(100));
    private static final Set<EventType> ENDS =
            Set.of(EventType.MODEL_PUBLISHED, EventType.RUN_FAILED, EventType.DATASET_REJECTED);

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedDatabase database;
    private final InMemoryEventBus bus;
    private final AllServices services;

    private MemoryServices(Path folder, Clock clock, Transport transport) throws Exception {
        this.folder = folder;
        BlobStore blobs = new InMemoryBlobStore();
        PrometheusRegistry metrics = new PrometheusRegistry();
        this.database = EmbeddedDatabase.start(folder.resolve("database"));
        this.bus = new InMemoryEventBus(clock, RETRIES, transport);
        this.services = AllServices.start(
                new Platform(
                        new GuardedEventBus(bus, blobs, new EventMetrics(metrics), RETRIES),
                        blobs,
                        metrics,
                        clock,
                        folder.resolve("scratch")),
                Map.of(
                        "MILLRACE_DATABASE_URL", database.url(),
                        "MILLRACE_DATABASE_USER", database.user(),
                        "MILLRACE_DATABASE_PASSWORD", database.password(),
                        "MILLRACE_GATEWAY_PORT", "0"));
    }

    /** Starts all in a folder of their own and returns when every one takes events. */
    static MemoryServices start(Path folder, Clock clock, Transport transport) throws Exception {
        return new MemoryServices(Files.createDirectories(folder), clock, transport);
    }

    InMemoryEventBus bus() {
        return bus;
    }

    /** What the gateway answers. */
    JsonNode get(String path) throws IOException {
        return services.get(path);
    }

    /** Drops a small data set of three classes; the bound is {@code trials=3} or {@code budget=10s}. */
    void drop(String name, String bound) throws Exception {
        URI uri = services.gateway(
                "/datasets?name=" + name + "&target=" + SampleData.multiclassTarget() + "&" + bound + "&seed=5");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofFile(SampleData.multiclass(folder)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** Waits until the gateway knows the end of a data set's run. */
    void awaitEnd(String name, Duration longest) throws Exception {
        Waiting.until(name + " to end", longest, () -> {
            for (JsonNode run : services.get("/runs").get("runs")) {
                if (run.path("name").asText().equals(name) && run.has("endedAt")) {
                    return true;
                }
            }
            return false;
        });
    }

    /** What services gave up or could not read. */
    List<Object> deadLetters() {
        List<Object> dead = new ArrayList<>();
        ServiceConfigs.services().forEach(service -> dead.addAll(bus.deadLetters("millrace-" + service)));
        return dead;
    }

    /**
     * How each data set ended, by its name: its leaderboard without times, or what else there was. Takes each event once, by its
     * id, as every consumer does; a second end of a data set is added to its first.
     */
    Map<String, String> ends() {
        Map<String, Event> once = new TreeMap<>();
        Map<String, String> ends = new TreeMap<>();
        for (Envelope<? extends Event> envelope : bus.published()) {
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

    @Override
    public void close() {
        services.close();
        bus.close();
        database.close();
    }
}
