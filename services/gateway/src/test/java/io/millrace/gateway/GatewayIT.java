package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.gateway.http.Contract;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayIT {
    @AutoClose
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = new RunningGateway(folder);
    }

    @Test
    void aRunIsToldFromItsSubmissionToItsModel() {
        RunStory story = story("whole");
        gateway.publish(story.search(0.9));
        String path = "/runs/" + story.run();
        RunningGateway.until(() -> gateway.get(path).statusCode() == 200
                && json(path).path("bestScore").asDouble() == 0.91
                && json(path).path("progress").path("failed").asInt() == 1);
        JsonNode live = json(path);
        assertThat(live.path("status").asText()).isEqualTo("searching");
        assertThat(live.path("progress").path("requested").asInt()).isEqualTo(3);
        assertThat(live.path("bestScore").asDouble()).isEqualTo(0.91);
        assertThat(live.path("deadline").asText()).isEqualTo("2026-11-23T10:01:00Z");
        JsonNode ranking = json(path + "/leaderboard");
        assertThat(ranking.path("complete").asBoolean()).isFalse();
        assertThat(ranking.path("rows").findValuesAsText("trial")).containsExactly("t002", "t001");

        gateway.publish(List.of(story.searchCompleted(), story.ensembleBuilt(), story.modelPublished()));
        RunningGateway.until(() -> json(path).path("status").asText().equals("published"));
        JsonNode end = json(path);
        assertThat(end.path("endedAt").asText()).isEqualTo("2026-11-23T10:00:15Z");
        assertThat(end.path("stages").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("submitted", "profiling", "searching", "ensembling", "published");
        JsonNode last = json(path + "/leaderboard");
        assertThat(last.path("complete").asBoolean()).isTrue();
        assertThat(last.path("rows").path(0).path("weight").asDouble()).isEqualTo(0.75);
        assertThat(last.path("gain").path("value").asDouble()).isEqualTo(0.01);
        assertThat(last.path("calibrationError").asDouble()).isEqualTo(0.012);
    }

    @Test
    void whereNobodyIsAskedAPageUnderAnotherNameReadsNothing() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream()
                    .write("GET /runs HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 403 ").contains("Foreign host");
        }
    }

    @Test
    void aTrialIsToldWithItsRungsAndItsDiagnosis() {
        RunStory story = published("trial");
        JsonNode trial = json("/runs/" + story.run() + "/trials/t002");
        assertThat(trial.path("rungs")).hasSize(2);
        assertThat(trial.path("rungs").path(1).path("reason").asText()).isEqualTo("Promoted: best of its rung.");
        assertThat(trial.path("diagnosis").path("verdict").asText()).isEqualTo("healthy");
        assertThat(trial.path("configuration").path("kind").asText()).isEqualTo("network");
        JsonNode failed = json("/runs/" + story.run() + "/trials/t003");
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("rungs").path(0).path("failure").path("kind").asText())
                .isEqualTo("resource");
    }

    @Test
    void aRangeTestComesWithItsCurve() {
        BlobRef curve = gateway.store("curves/1.json", "{\"rates\":[0.1,1.0],\"losses\":[0.6,0.5]}");
        RunStory story = new RunStory(UUID.randomUUID().toString(), "curve", curve, curve);
        gateway.publish(story.whole());
        awaitEnd(story);
        JsonNode test =
                json("/runs/" + story.run() + "/range-tests").path("rangeTests").path(0);
        assertThat(test.path("candidate").asText()).isEqualTo("mlp-adamw");
        assertThat(test.path("status").asText()).isEqualTo("found");
        assertThat(test.path("curve").path("losses").path(1).asDouble()).isEqualTo(0.5);
        assertThat(test.path("suggestions").path("slide").asDouble()).isEqualTo(0.02);
        assertThat(test.path("suggestions").has("steepest")).isFalse();
    }

    @Test
    void aRunOfWhichAnEventWasGivenUpSaysSoUntilTheEventIsPutBack() throws Exception {
        RunStory story = story("incomplete");
        String path = "/runs/" + story.run();
        gateway.sql("INSERT INTO gateway.trial (run_id, trial, number, status, rung, state) VALUES ('" + story.run()
                + "', 't003', 3, 'requested', 0, '{}')");
        gateway.publish(List.of(story.submitted(), story.trialFailed()));
        gateway.bus.awaitDeadLetters("millrace-gateway", 1);

        assertThat(json(path).path("incomplete").asText())
                .contains("gave up 1 event of this run", "trial.failed t003", "millrace dlq redrive");
        assertThat(json("/runs?limit=100").path("runs"))
                .filteredOn(run -> run.path("id").asText().equals(story.run()))
                .allMatch(run -> run.has("incomplete"));

        gateway.sql("DELETE FROM gateway.trial WHERE run_id = '" + story.run() + "'");
        gateway.publish(List.of(story.trialFailed()));
        RunningGateway.until(() -> !json(path).has("incomplete"));
        assertThat(json(path).path("progress").path("failed").asInt()).isEqualTo(1);
    }

    @Test
    void aLostCurveDoesNotHideTheFinding() {
        RunStory story = published("lost-curve");
        JsonNode test =
                json("/runs/" + story.run() + "/range-tests").path("rangeTests").path(0);
        assertThat(test.has("curve")).isFalse();
        assertThat(test.path("chosen").path("max").asDouble()).isEqualTo(0.01);
    }

    @Test
    void theOrderOfArrivalAndRepetitionsChangeNothing() {
        RunStory straight = published("order");
        RunStory shuffled = story("order");
        List<Envelope<? extends Event>> events = new ArrayList<>(shuffled.whole());
        events.addAll(shuffled.whole());
        Collections.shuffle(events, new Random(3));
        gateway.publish(events);
        RunningGateway.until(() -> recorded(shuffled) == shuffled.whole().size());
        for (String part : List.of("", "/leaderboard", "/trials/t002", "/range-tests")) {
            assertThat(gateway.get("/runs/" + shuffled.run() + part).body())
                    .isEqualTo(gateway.get("/runs/" + straight.run() + part)
                            .body()
                            .replace(straight.run(), shuffled.run()));
        }
    }

    @Test
    void aRestartKeepsEverything() {
        RunStory story = published("restart");
        String before = gateway.get("/runs/" + story.run()).body();
        String events = gateway.get("/runs/" + story.run() + "/events").body();
        gateway.restart();
        assertThat(gateway.get("/runs/" + story.run()).body()).isEqualTo(before);
        assertThat(gateway.get("/runs/" + story.run() + "/events").body()).isEqualTo(events);
        RunStory next = published("after-restart");
        assertThat(json("/runs/" + next.run()).path("status").asText()).isEqualTo("published");
    }

    @Test
    void runsAreListedNewestFirstInPages() {
        for (int i = 0; i < 5; i++) {
            published("paged-" + i);
        }
        List<String> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json("/runs?limit=2&status=published" + next);
            page.path("runs").forEach(r -> all.add(r.path("id").asText()));
            assertThat(page.path("runs").size()).isLessThanOrEqualTo(2);
            next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        List<String> whole = new ArrayList<>();
        json("/runs?limit=500&status=published")
                .path("runs")
                .forEach(r -> whole.add(r.path("id").asText()));
        assertThat(all).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates().isEqualTo(whole);
        assertThat(json("/runs?status=rejected").path("runs").findValuesAsText("status"))
                .allMatch("rejected"::equals);
    }

    @Test
    void theLatestModelOfEachNameIsListedAndItsArchiveDownloads() throws Exception {
        byte[] content = "the ensemble".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        BlobRef archive = gateway.blobs.put("models/x", content);
        RunStory story = new RunStory(UUID.randomUUID().toString(), "model-of-it", archive, archive);
        gateway.publish(story.whole());
        awaitEnd(story);
        assertThat(json("/models").path("models").findValuesAsText("name")).contains("model-of-it");
        JsonNode model = json("/models/model-of-it");
        assertThat(model.path("summary").path("sha256").asText()).isEqualTo(archive.sha256());
        assertThat(model.path("published").path("provenance").path("seed").asText())
                .isEqualTo("7");

        HttpRequest request = HttpRequest.newBuilder(gateway.uri("/models/model-of-it/archive"))
                .build();
        HttpResponse<byte[]> download =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(download.body()).isEqualTo(content);
        String etag = download.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).isEqualTo('"' + archive.sha256() + '"');
        assertThat(gateway.get("/models/model-of-it/archive", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aRejectedRunSaysWhyAndWhatToDo() {
        RunStory story = story("unusable");
        gateway.publish(List.of(story.submitted(), story.rejected()));
        RunningGateway.until(() -> gateway.get("/runs/" + story.run()).body().contains("\"rejected\""));
        JsonNode reason = json("/runs/" + story.run()).path("reason");
        assertThat(reason.path("kind").asText()).isEqualTo("no-such-target");
        assertThat(reason.path("remedy").asText()).isEqualTo("Name one of: age, churn.");
    }

    @Test
    void everyAnswerFitsTheOpenApiDocument() {
        RunStory story = published("contract");
        String run = "/runs/" + story.run();
        Map.of(
                        "/runs",
                        "RunPage",
                        run,
                        "Run",
                        run + "/leaderboard",
                        "Leaderboard",
                        run + "/trials/t002",
                        "Trial",
                        run + "/trials/t003",
                        "Trial",
                        run + "/range-tests",
                        "RangeTests",
                        run + "/explanation",
                        "Explanation",
                        "/models",
                        "ModelPage",
                        "/models/contract",
                        "Model",
                        "/runs/none",
                        "Problem")
                .forEach((path, component) -> assertThat(new Contract()
                                .problems(component, gateway.get(path).body()))
                        .as(path)
                        .isEmpty());
        gateway.get(run + "/events")
                .body()
                .lines()
                .filter(l -> l.startsWith("data: "))
                .forEach(l -> assertThat(new Contract().problems("Event", l.substring(6)))
                        .isEmpty());
        assertThat(gateway.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    }

    @Test
    void everyProblemIsADocumentWithARemedy() {
        expectProblem(gateway.get("/nowhere"), 404, "/nowhere");
        expectProblem(gateway.get("/runs/none"), 404, "/runs/none");
        expectProblem(gateway.get("/runs/none/leaderboard"), 404, "/runs/none/leaderboard");
        expectProblem(gateway.get("/runs/none/trials/t001"), 404, "/runs/none/trials/t001");
        expectProblem(gateway.get("/runs/none/range-tests"), 404, "/runs/none/range-tests");
        expectProblem(gateway.get("/runs/none/explanation"), 404, "/runs/none/explanation");
        expectProblem(gateway.get("/runs/none/events"), 404, "/runs/none/events");
        expectProblem(gateway.get("/models/none"), 404, "/models/none");
        expectProblem(gateway.get("/models/none/archive"), 404, "/models/none/archive");
        expectProblem(gateway.get("/runs?limit=0"), 400, "/runs");
        expectProblem(gateway.get("/runs?limit=many"), 400, "/runs");
        expectProblem(gateway.get("/runs?cursor=x"), 400, "/runs");
        expectProblem(gateway.get("/runs?status=sleeping"), 400, "/runs");
        expectProblem(gateway.get("/runs?page=2"), 400, "/runs");
        expectProblem(gateway.get("/runs/a%00b"), 400, "/runs/a%00b");
        expectProblem(gateway.get("/models?cursor=%00"), 400, "/models");
        HttpResponse<String> wrong =
                gateway.send(HttpRequest.newBuilder(gateway.uri("/runs")).DELETE());
        expectProblem(wrong, 405, "/runs");
        assertThat(wrong.headers().firstValue("Allow")).contains("GET");
        expectProblem(
                gateway.send(HttpRequest.newBuilder(gateway.uri("/datasets?name=x"))
                        .header("Origin", "https://evil.example")
                        .POST(HttpRequest.BodyPublishers.ofString("a,b"))),
                403,
                "/datasets");
    }

    @Test
    void answersCarryHeadersThatProtectBrowsers() {
        for (String path : List.of("/", "/runs", "/nowhere")) {
            HttpResponse<String> answer = gateway.get(path);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void theServiceIsReadyOnceItFollows() {
        RunningGateway.until(() -> gateway.service().ready());
    }

    private static void expectProblem(HttpResponse<String> answer, int status, String instance) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("instance").asText()).isEqualTo(instance);
        for (String member : List.of("title", "detail", "remedy")) {
            assertThat(problem.path(member).asText()).as(member).isNotBlank();
        }
    }

    private static RunStory story(String name) {
        return new RunStory(UUID.randomUUID().toString(), name);
    }

    private static RunStory published(String name) {
        RunStory story = story(name);
        gateway.publish(story.whole());
        awaitEnd(story);
        return story;
    }

    private static void awaitEnd(RunStory story) {
        RunningGateway.until(() -> gateway.get("/runs/" + story.run()).body().contains("\"status\":\"published\"")
                && recorded(story) == story.whole().size());
    }

    private static long recorded(RunStory story) {
        HttpResponse<String> answer = gateway.get("/runs/" + story.run());
        if (answer.statusCode() != 200 || !answer.body().contains("\"status\":\"published\"")) {
            return 0;
        }
        return gateway.get("/runs/" + story.run() + "/events")
                .body()
                .lines()
                .filter(l -> l.startsWith("id: "))
                .count();
    }

    private static JsonNode json(String path) {
        HttpResponse<String> answer = gateway.get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
