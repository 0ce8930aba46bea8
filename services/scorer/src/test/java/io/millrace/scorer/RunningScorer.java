package io.millrace.scorer;

import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelSignature;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Environment;
import io.millrace.runtime.Platform;
import io.millrace.runtime.signing.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A scorer on a real socket that trusts one key, and all that a test does with it. */
final class RunningScorer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<EventType> ANSWERS = Set.of(EventType.PREDICTION_MADE, EventType.PREDICTION_FAILED);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Platform platform;
    private final SigningKey key;
    private final ScorerService service;
    private final BlockingQueue<Envelope<? extends Event>> answers = new LinkedBlockingQueue<>();

    /** @param variables over those that a test needs anyway */
    RunningScorer(Platform platform, Path keys, Map<String, String> variables) {
        this.platform = platform;
        this.key = SigningKey.readOrMake(keys);
        Map<String, String> all =
                new HashMap<>(Map.of("MILLRACE_SCORER_PORT", "0", "MILLRACE_TRUSTED_KEYS", keys.toString()));
        all.putAll(variables);
        Environment env = new Environment(all);
        ScorerConfig config = ScorerConfig.from(env);
        env.check();
        service = new ScorerService(config, platform);
    }

    void start() {
        platform.bus().watch(ANSWERS, answers::add);
        service.start();
    }

    boolean ready() {
        return service.ready();
    }

    int port() {
        return service.port();
    }

    /** Stores an archive and publishes it under a name, signed by whom the scorer trusts. */
    BlobRef publish(String name, byte[] archive) {
        return publish(name, archive, TestModel.PUBLISHED, true);
    }

    BlobRef publish(String name, byte[] archive, Instant at, boolean signed) {
        BlobRef stored = platform.blobs().put("runs/run-1/" + name + "-" + at.getEpochSecond() + ".zip", archive);
        Optional<ModelSignature> signature = signed ? Optional.of(key.sign(stored.sha256())) : Optional.empty();
        platform.bus().publish(List.of(TestModel.published(name, stored, signature, at)));
        return stored;
    }

    /** Publishes a request and waits for what it leads to. */
    Envelope<? extends Event> ask(Envelope<? extends Event> request) throws InterruptedException {
        platform.bus().publish(List.of(request));
        return answer();
    }

    /** The next answer that comes by event. */
    Envelope<? extends Event> answer() throws InterruptedException {
        Envelope<? extends Event> answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer within " + PATIENCE);
        }
        return answer;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)), headers);
    }

    HttpResponse<String> post(String model, String body, String... headers) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri("/models/" + model + "/predictions")).POST(BodyPublishers.ofString(body)),
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        service.close();
    }
}
