package io.millrace.scorer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.FailureKind;
import io.millrace.events.PredictionFailed;
import io.millrace.events.PredictionMade;
import io.millrace.events.PredictionRequested;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Platform;
import io.millrace.runtime.blob.Digest;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a bus and blobs in memory. */
@Timeout(120)
class ScorerTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1));
    private static final String JSON = "application/json";
    private static final String ROWS = "age,plan\n70,gold\n20,gold\n20,trial\n";
    private static byte[] archive;

    @TempDir
    Path folder;

    private final InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), RETRIES);
    private final BlobStore blobs = new InMemoryBlobStore();
    private RunningScorer scorer;

    @BeforeAll
    static void train() throws IOException {
        archive = TestModel.archive();
    }

    /** Before it starts models are published, all of which it then knows; one that is published later is on its way for a moment. */
    private void open(Map<String, String> variables) {
        PrometheusRegistry metrics = new PrometheusRegistry();
        Platform platform = new Platform(
                new GuardedEventBus(bus, blobs, new EventMetrics(metrics), RETRIES),
                blobs,
                metrics,
                Clock.systemUTC(),
                folder);
        scorer = new RunningScorer(platform, folder.resolve("key.pem"), variables);
    }

    @AfterEach
    void close() {
        scorer.close();
        bus.close();
    }

    private static JsonNode tree(HttpResponse<String> answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }

    @Test
    void rowsInJsonAreAnsweredInTheirOrder() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();

        HttpResponse<String> answer = scorer.post(
                "churn",
                "{\"rows\": [{\"age\": 70, \"plan\": \"gold\"}, {\"plan\": \"gold\", \"age\": 20}, {\"age\": 20, \"plan\": \"trial\"}]}",
                "Content-Type",
                JSON);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode predictions = tree(answer).get("predictions");
        assertThat(predictions.findValuesAsText("prediction")).containsExactly("yes", "no", "yes");
        JsonNode first = predictions.get(0).get("probabilities");
        assertThat(first.get("no").asDouble() + first.get("yes").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(tree(answer).get("run").asText())
                .isEqualTo(model("churn").get("run").asText());
    }

    @Test
    void aCsvIsAnsweredAsPredictWouldWriteIt() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();
        String rows = "plan,note,age\nsilver,\"unknown, and a column too many\",70\n,,\ngold,,20\n";

        HttpResponse<String> answer = scorer.post("churn", rows, "Content-Type", "text/csv", "Accept", "text/csv");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(answer.body())
                .isEqualTo(TestModel.predicted(archive, rows, folder))
                .hasLineCount(4);
    }

    @Test
    void linesOfJsonAreRowsUnderAnyOfTheirNames() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();
        String lines = "{\"age\": 70, \"plan\": \"gold\"}\n{\"age\": 20, \"plan\": \"gold\"}\n";

        for (String type : List.of("application/jsonl", "application/json-lines", "application/x-ndjson")) {
            HttpResponse<String> answer = scorer.post("churn", lines, "Content-Type", type);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(tree(answer).findValuesAsText("prediction")).containsExactly("yes", "no");
        }
        String rows = "{\"rows\": [{\"age\": 70, \"plan\": \"gold\"}]}";
        assertThat(scorer.post("churn", rows, "Content-Type", "Application/JSON ; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aMissingColumnIsNamed() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();

        for (String body : List.of("age\n70\n", "{\"rows\": [{\"age\": 70}]}")) {
            HttpResponse<String> answer =
                    scorer.post("churn", body, "Content-Type", body.startsWith("{") ? JSON : "text/csv");

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(tree(answer).get("detail").asText())
                    .contains("lack plan,")
                    .contains("they have age");
        }
    }

    @Test
    void whatHoldsNoRowsOrTooManyIsRefused() throws Exception {
        open(Map.of("MILLRACE_SCORER_ROWS", "2", "MILLRACE_SCORER_BODY_LIMIT", "100"));
        scorer.publish("churn", archive);
        scorer.start();

        assertThat(scorer.post("churn", "{\"rows\": 3}", "Content-Type", JSON).statusCode())
                .isEqualTo(400);
        assertThat(scorer.post("churn", "", "Content-Type", "text/csv").statusCode())
                .isEqualTo(422);
        assertThat(scorer.post("churn", ROWS, "Content-Type", "text/csv").body())
                .contains("\"status\":413")
                .contains("3 rows");
        assertThat(scorer.post("churn", ROWS + "20,gold\n".repeat(10), "Content-Type", "text/csv")
                        .body())
                .contains("\"status\":413")
                .contains("100 bytes");
    }

    @Test
    void answersAreAsTheServedContractSays() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();
        Contract contract = Contract.read(scorer.get("/openapi.yaml").body());
        assertThat(contract.document().findValuesAsText("$ref"))
                .isNotEmpty()
                .allMatch(ref -> contract.document().at(ref.substring(1)).isObject());

        String body = "{\"rows\": [{\"age\": 1, \"plan\": null}]}";
        String predictions = scorer.post("churn", body, "Content-Type", JSON).body();
        assertThat(contract.problems("Rows", body)).isEmpty();
        assertThat(contract.problems("Predictions", predictions)).isEmpty();
        assertThat(contract.problems("Models", scorer.get("/models").body())).isEmpty();
        assertThat(contract.problems("Model", scorer.get("/models/churn").body()))
                .isEmpty();
        assertThat(contract.problems("Problem", scorer.post("churn", "age\n1\n").body()))
                .isEmpty();
        assertThat(contract.problems("Predictions", "{\"predictions\": []}")).isNotEmpty();
    }

    private JsonNode model(String name) throws Exception {
        return tree(scorer.get("/models/" + name));
    }

    @Test
    void theNewestModelOfEachNameIsTold() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive, TestModel.PUBLISHED.plusSeconds(9), true);
        scorer.publish("churn", archive, TestModel.PUBLISHED, true);
        scorer.publish("apples", archive);
        scorer.start();

        JsonNode models = tree(scorer.get("/models")).get("models");
        assertThat(models.findValuesAsText("name")).containsExactly("apples", "churn");
        assertThat(models.get(1).get("publishedAt").asText())
                .isEqualTo(TestModel.PUBLISHED.plusSeconds(9).toString());
        assertThat(models.get(1).has("features")).isFalse();
        assertThat(model("churn").get("features")).hasToString("[\"age\",\"plan\"]");
        assertThat(model("churn").get("classes")).hasToString("[\"no\",\"yes\"]");
        assertThat(scorer.get("/models/pears").statusCode()).isEqualTo(404);
        assertThat(scorer.post("pears", ROWS).statusCode()).isEqualTo(404);
        assertThat(scorer.get("/models/churn/predictions").statusCode()).isEqualTo(405);
    }

    @Test
    void anAlteredModelIsRefusedWhateverIsTrusted() throws Exception {
        open(Map.of("MILLRACE_SCORER_ANY_SIGNER", "true"));
        BlobRef stored = scorer.publish("churn", archive, TestModel.PUBLISHED, false);
        scorer.start();
        assertThat(scorer.post("churn", ROWS).statusCode()).isEqualTo(200);
        scorer.close();
        alter(stored);
        open(Map.of("MILLRACE_SCORER_ANY_SIGNER", "true"));
        scorer.start();

        HttpResponse<String> answer = scorer.post("churn", ROWS);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("the model churn is refused").contains("was changed");

        Envelope<? extends Event> told = scorer.ask(request("a", Optional.empty(), Optional.of(ROWS)));
        assertThat(told.event()).isInstanceOfSatisfying(PredictionFailed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCE);
            assertThat(failed.message()).contains("was changed");
        });
        assertThat(bus.awaitDeadLetters(ScorerService.GROUP, 1)).hasSize(1);
    }

    private void alter(BlobRef stored) {
        byte[] altered = archive.clone();
        altered[altered.length / 2] ^= 1;
        blobs.put(stored.uri().substring("blob:".length()), altered);
    }

    @Test
    void whatNobodySignedWhomTheScorerTrustsIsRefused() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive, TestModel.PUBLISHED, false);
        scorer.start();

        assertThat(scorer.post("churn", ROWS).body())
                .contains("\"status\":502")
                .contains("not signed")
                .contains("MILLRACE_TRUSTED_KEYS");
        assertThat(scorer.get("/models").body()).contains("churn");
    }

    @Test
    void aCallerNeedsATokenWhereTokensAreAskedFor() throws Exception {
        Path tokens = Files.writeString(
                folder.resolve("tokens"),
                "read " + Digest.of("reader".getBytes(UTF_8)).sha256() + " a client\n");
        open(Map.of("MILLRACE_SCORER_TOKENS", tokens.toString()));
        scorer.publish("churn", archive);
        scorer.start();

        assertThat(scorer.post("churn", ROWS).statusCode()).isEqualTo(401);
        assertThat(scorer.get("/models").statusCode()).isEqualTo(401);
        assertThat(scorer.post("churn", ROWS, "Authorization", "Bearer other").statusCode())
                .isEqualTo(401);
        assertThat(scorer.post("churn", ROWS, "Authorization", "Bearer reader").statusCode())
                .isEqualTo(200);
    }

    @Test
    void oneRequestMoreThanAreAllowedIsToldToComeAgain() throws Exception {
        open(Map.of("MILLRACE_SCORER_REQUESTS", "1"));
        scorer.publish("churn", archive);
        scorer.start();
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), scorer.port())) {
            slow.setSoTimeout(60_000);
            slow.getOutputStream()
                    .write(("POST /models/churn/predictions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Expect: 100-continue\r\nContent-Length: " + ROWS.length() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(head(slow)).startsWith("HTTP/1.1 100");

            HttpResponse<String> turnedAway = scorer.post("churn", ROWS);
            assertThat(turnedAway.statusCode()).isEqualTo(503);
            assertThat(turnedAway.headers().firstValue("Retry-After")).isPresent();

            slow.getOutputStream().write(ROWS.getBytes(US_ASCII));
            assertThat(new String(slow.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** What a server says until its first blank line. */
    private static String head(Socket socket) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        while (!said.toString(US_ASCII).endsWith("\r\n\r\n")) {
            said.write(socket.getInputStream().read());
        }
        return said.toString(US_ASCII);
    }

    private static Envelope<PredictionRequested> request(String id, Optional<BlobRef> rows, Optional<String> inline) {
        return TestModel.envelope(id, "caller-7", new PredictionRequested("churn", rows, inline));
    }

    @Test
    void rowsInAnEventAreAnsweredInAnEvent() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();
        String expected = TestModel.predicted(archive, ROWS, folder);

        Envelope<? extends Event> answer = scorer.ask(request("inline", Optional.empty(), Optional.of(ROWS)));
        assertThat(answer.runId()).isEqualTo("caller-7");
        assertThat(answer.causationId()).contains("inline");
        PredictionMade made = (PredictionMade) answer.event();
        assertThat(made.inline()).contains(expected);
        assertThat(made.rows()).isEqualTo(3);
        assertThat(made.modelSha256()).isEqualTo(Digest.of(archive).sha256());
        assertThat(new String(blobs.read(made.predictions()), UTF_8)).isEqualTo(expected);

        BlobRef stored = blobs.put("dropped/rows.csv", ROWS.getBytes(UTF_8));
        PredictionMade large = (PredictionMade) scorer.ask(request("stored", Optional.of(stored), Optional.empty()))
                .event();
        assertThat(large.inline()).isEmpty();
        assertThat(new String(blobs.read(large.predictions()), UTF_8)).isEqualTo(expected);
    }

    @Test
    void predictionsThatAnEventHasNoRoomForAreReferredTo() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();

        PredictionMade made = (PredictionMade)
                scorer.ask(request("many", Optional.empty(), Optional.of("age,plan\n" + "1,a\n".repeat(9_000))))
                        .event();

        assertThat(made.rows()).isEqualTo(9_000);
        assertThat(made.predictions().bytes()).isGreaterThan(64 * 1024);
        assertThat(made.inline()).isEmpty();
    }

    @Test
    void aRequestThatCannotBeAnsweredForItsOwnFaultIsTold() throws Exception {
        open(Map.of("MILLRACE_SCORER_FILE_LIMIT", "1KiB"));
        scorer.publish("churn", archive);
        scorer.start();
        BlobRef stored = blobs.put("dropped/rows.csv", ROWS.getBytes(UTF_8));
        BlobRef other = new BlobRef(stored.uri(), "0".repeat(64), stored.bytes());
        BlobRef outside = new BlobRef("blob:../rows.csv", stored.sha256(), stored.bytes());
        BlobRef file = new BlobRef("file:///etc/passwd", stored.sha256(), stored.bytes());
        BlobRef large = new BlobRef(stored.uri(), stored.sha256(), 2048);

        refused(request("1", Optional.empty(), Optional.of("age\n1\n")), "plan");
        refused(request("2", Optional.empty(), Optional.empty()), "either rows");
        refused(request("3", Optional.of(stored), Optional.of(ROWS)), "either rows");
        refused(request("4", Optional.of(other), Optional.empty()), "was changed");
        refused(request("5", Optional.of(outside), Optional.empty()), "names no blob");
        refused(request("6", Optional.of(file), Optional.empty()), "names no blob");
        refused(request("7", Optional.of(large), Optional.empty()), "1024");
        refused(
                TestModel.envelope("8", "k", new PredictionRequested("pears", Optional.empty(), Optional.of(ROWS))),
                "no model 'pears'");
        assertThat(bus.deadLetters(ScorerService.GROUP)).isEmpty();
    }

    private void refused(Envelope<PredictionRequested> request, String why) throws InterruptedException {
        assertThat(scorer.ask(request).event()).isInstanceOfSatisfying(PredictionFailed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.INVALID_INPUT);
            assertThat(failed.message()).contains(why);
        });
    }

    @Test
    void aRequestThatComesTwiceHasOneAnswer() throws Exception {
        open(Map.of());
        scorer.publish("churn", archive);
        scorer.start();
        Envelope<PredictionRequested> request = request("twice", Optional.empty(), Optional.of(ROWS));

        Envelope<? extends Event> first = scorer.ask(request);
        scorer.publish("churn", archive, TestModel.PUBLISHED.plusSeconds(60), true);
        Envelope<? extends Event> second = scorer.ask(request);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.event()).isEqualTo(first.event());
        Set<String> ids = new HashSet<>();
        bus.published().stream()
                .filter(e -> e.type() == EventType.PREDICTION_MADE)
                .forEach(e -> ids.add(e.id()));
        assertThat(ids).hasSize(1);
        assertThat(blobs.list("predictions/")).hasSize(1);
    }
}
