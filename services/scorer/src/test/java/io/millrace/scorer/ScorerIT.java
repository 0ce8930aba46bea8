package io.millrace.scorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.PredictionFailed;
import io.millrace.events.PredictionMade;
import io.millrace.events.PredictionRequested;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Environment;
import io.millrace.runtime.OpenPlatform;
import io.millrace.runtime.PlatformConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker. */
@Timeout(300)
class ScorerIT {
    private static final String ROWS = "age,plan\n70,gold\n20,gold\n";

    @TempDir
    Path folder;

    private OpenPlatform open(EmbeddedKafka kafka) {
        return OpenPlatform.open(
                PlatformConfig.from(new Environment(Map.of(
                        "MILLRACE_KAFKA", kafka.bootstrapServers(),
                        "MILLRACE_BLOBS", folder.resolve("blobs").toString(),
                        "MILLRACE_SCRATCH", folder.resolve("scratch").toString()))),
                "scorer");
    }

    @Test
    void aModelThatWasPublishedIsUsedByHttpAndByEventAndAnAlteredOneIsRefused() throws Exception {
        byte[] archive = TestModel.archive();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                OpenPlatform platform = open(kafka)) {
            RunningScorer scorer = new RunningScorer(platform.platform(), folder.resolve("key.pem"), Map.of());
            scorer.publish("churn", archive);
            try (scorer) {
                scorer.start();

                assertThat(scorer.post("churn", ROWS, "Accept", "text/csv").body())
                        .as("published before the scorer began")
                        .isEqualTo(TestModel.predicted(archive, ROWS, folder));

                Envelope<PredictionRequested> request = request("churn", "once");
                Envelope<? extends Event> first = scorer.ask(request);
                Envelope<? extends Event> second = scorer.ask(request);
                assertThat(first.event()).isInstanceOf(PredictionMade.class);
                assertThat(second.id()).isEqualTo(first.id());
                assertThat(second.event()).isEqualTo(first.event());
                assertThat(scorer.ready()).isTrue();

                scorer.publish("late", archive);
                assertThat(scorer.ask(request("late", "late")).event())
                        .as("published a moment ago")
                        .isInstanceOf(PredictionMade.class);

                byte[] other = "no model".getBytes(UTF_8);
                BlobRef altered = scorer.publish("altered", archive);
                platform.platform().blobs().put(altered.uri().substring("blob:".length()), other);
                assertThat(scorer.ask(request("altered", "altered")).event())
                        .isInstanceOfSatisfying(PredictionFailed.class, failed -> assertThat(failed.message())
                                .contains("the model altered is refused"));
                assertThat(scorer.post("altered", ROWS).statusCode()).isEqualTo(502);
            }
        }
    }

    private static Envelope<PredictionRequested> request(String model, String id) {
        return TestModel.envelope(id, "caller-7", new PredictionRequested(model, Optional.empty(), Optional.of(ROWS)));
    }
}
