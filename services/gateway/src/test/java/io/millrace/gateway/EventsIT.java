package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventsIT {
    @AutoClose
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = new RunningGateway(folder);
    }

    @Test
    void aStreamReplaysWhatIsRecordedThenGoesOnLiveAndEndsWithTheRun() throws Exception {
        RunStory story = new RunStory(UUID.randomUUID().toString(), "live");
        gateway.publish(story.search(0.9));
        RunningGateway.until(() -> gateway.get("/runs/" + story.run()).body().contains("\"done\":2,\"failed\":1"));
        try (BufferedReader stream = open(story.run())) {
            List<String> types = new ArrayList<>();
            while (types.size() < story.search(0.9).size()) {
                next(stream, types);
            }
            assertThat(types.get(0)).isEqualTo("dataset.submitted");
            gateway.publish(List.of(story.searchCompleted()));
            next(stream, types);
            assertThat(types.get(types.size() - 1)).isEqualTo("search.completed");
            gateway.publish(List.of(story.ensembleBuilt(), story.modelPublished()));
            next(stream, types);
            next(stream, types);
            assertThat(types.get(types.size() - 1)).isEqualTo("model.published");
            assertThat(next(stream, types)).as("the stream ends").isFalse();
            assertThat(types).hasSize(story.whole().size());
        }
    }

    @Test
    void aSilentStreamIsKeptOpenByHeartbeats() throws Exception {
        RunStory story = new RunStory(UUID.randomUUID().toString(), "silent");
        gateway.publish(List.of(story.submitted()));
        RunningGateway.until(() -> gateway.get("/runs/" + story.run()).statusCode() == 200);
        try (BufferedReader stream = open(story.run())) {
            String line = stream.readLine();
            while (!line.equals(": heartbeat")) {
                line = stream.readLine();
            }
        }
    }

    @Test
    void aReaderThatComesBackGetsOnlyWhatItMissed() {
        RunStory story = new RunStory(UUID.randomUUID().toString(), "back");
        gateway.publish(story.whole());
        String path = "/runs/" + story.run();
        RunningGateway.until(() -> gateway.get(path).statusCode() == 200
                && gateway.get(path).body().contains("\"status\":\"published\""));
        List<String> ids = ids(gateway.get(path + "/events").body());
        assertThat(ids).hasSize(story.whole().size());
        List<String> rest =
                ids(gateway.get(path + "/events", "Last-Event-ID", ids.get(4)).body());
        assertThat(rest).isEqualTo(ids.subList(5, ids.size()));
        assertThat(gateway.get(path + "/events", "Last-Event-ID", ids.get(ids.size() - 1))
                        .statusCode())
                .isEqualTo(204);
        assertThat(gateway.get(path + "/events", "Last-Event-ID", "yesterday").statusCode())
                .isEqualTo(400);
    }

    private static List<String> ids(String stream) {
        return stream.lines()
                .filter(l -> l.startsWith("id: "))
                .map(l -> l.substring(4))
                .toList();
    }

    /** Reads on to the next event and adds its type; false at the end of the stream. */
    private static boolean next(BufferedReader stream, List<String> types) throws IOException {
        String line = stream.readLine();
        while (line != null && !line.startsWith("event: ")) {
            line = stream.readLine();
        }
        if (line == null) {
            return false;
        }
        types.add(line.substring("event: ".length()));
        return true;
    }

    private static BufferedReader open(String run) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri("/runs/" + run + "/events")).build();
        return new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8));
    }
}
