package io.millrace.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.database.Database;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.events.ModelPublished;
import io.millrace.gateway.RunStory;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.memory.InMemoryBlobStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OldRunsIT {
    private static final Instant LATER = RunStory.START.plus(Duration.ofDays(40));

    private static final int MANY = 1_001;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();

    @Test
    void runsThatNoCurrentModelComesFromAreForgottenWithAllThatIsTheirs(@TempDir Path folder) {
        RunStory superseded = new RunStory("superseded", "churn");
        RunStory current = new RunStory("current", "churn");
        RunStory failed = new RunStory("failed", "fraud");
        RunStory under = new RunStory("under-way", "sales");
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder);
                Database database = Database.open(
                        new DatabaseConfig(server.url(), server.user(), server.password()), Projections.SCHEMA)) {
            Projections projections = new Projections(database);
            superseded.whole().forEach(projections::apply);
            current.search(0.9).forEach(projections::apply);
            projections.apply(published(current, Duration.ofMinutes(5)));
            projections.apply(failed.submitted());
            projections.apply(failed.failed());
            projections.apply(under.submitted());
            for (RunStory story : List.of(superseded, current, failed, under)) {
                blobs.put("datasets/" + story.run() + "/data.csv", new byte[] {1});
                blobs.put("runs/" + story.run() + "/checkpoints/c/fold-0.zip", new byte[] {1});
                blobs.put("runs/" + story.run() + "/trials/t002/0-checkpoint-0123456789ab.zip", new byte[] {1});
                blobs.put("results/millrace-profiler/" + story.submitted().id() + ".json", new byte[] {1});
            }
            OldRuns old = new OldRuns(database, blobs);

            assertThat(old.endedBefore(RunStory.START)).isEmpty();
            List<String> found = old.endedBefore(LATER);
            assertThat(found).containsExactlyInAnyOrder("superseded", "failed");
            assertThat(old.blobsOf(found)).containsOnlyKeys(found).allSatisfy((run, keys) -> assertThat(keys)
                    .hasSize(4));
            assertThat(blobs.list("")).as("looking removes nothing").hasSize(16);

            assertThat(old.forget(found)).isEqualTo(8);
            assertThat(blobs.list(""))
                    .hasSize(8)
                    .allMatch(key -> key.contains("current")
                            || key.contains("under-way")
                            || key.contains(current.submitted().id())
                            || key.contains(under.submitted().id()));
            assertThat(old.endedBefore(LATER)).isEmpty();
            Readings readings = new Readings(database, blobs);
            assertThat(readings.run("superseded")).isEmpty();
            assertThat(readings.run("current")).isPresent();
            assertThat(readings.run("under-way")).isPresent();
        }
    }

    @Test
    void aDataSetThatWasStoredAndNeverSubmittedIsForgottenWhenNobodyCanBeAboutToSubmitIt(@TempDir Path folder) {
        String orphan = UUID.randomUUID().toString();
        RunStory known = new RunStory(UUID.randomUUID().toString(), "known");
        String working = UUID.randomUUID().toString();
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder);
                Database database = Database.open(
                        new DatabaseConfig(server.url(), server.user(), server.password()), Projections.SCHEMA)) {
            new Projections(database).apply(known.submitted());
            for (String run : List.of(orphan, known.run(), working)) {
                blobs.put("datasets/" + run + "/data.csv", new byte[] {1});
            }
            blobs.put("runs/" + working + "/table-0123456789ab.parquet", new byte[] {1});
            blobs.put("datasets/2026/data.csv", new byte[] {1});
            OldRuns old = new OldRuns(database, blobs);
            Instant now = Instant.now();

            assertThat(old.neverSubmitted(now.plus(Duration.ofHours(1)), Duration.ZERO))
                    .as("of this day")
                    .isEmpty();
            assertThat(old.neverSubmitted(now.plus(Duration.ofDays(3)), Duration.ofDays(4)))
                    .as("not so old")
                    .isEmpty();
            Instant later = now.plus(Duration.ofDays(2));
            assertThat(old.neverSubmitted(later, Duration.ZERO))
                    .isEqualTo(Map.of(orphan, List.of("datasets/" + orphan + "/data.csv")));
            assertThat(old.forgetNeverSubmitted(later, Duration.ZERO)).isEqualTo(1);
            assertThat(blobs.list("")).hasSize(4).noneMatch(key -> key.contains(orphan));
        }
    }

    @Test
    void allOldRunsAreFoundAndForgottenHoweverManyThereAre(@TempDir Path folder) throws SQLException {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder);
                Database database = Database.open(
                        new DatabaseConfig(server.url(), server.user(), server.password()), Projections.SCHEMA)) {
            try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO gateway.run (id, status, begun_at, ended_at) "
                        + "SELECT 'run-' || i, 'failed', now(), now() FROM generate_series(1, " + MANY + ") t(i)");
            }
            blobs.put("runs/run-" + MANY + "/table.parquet", new byte[] {1});
            OldRuns old = new OldRuns(database, blobs);
            Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

            List<String> found = old.endedBefore(tomorrow);
            assertThat(found).hasSize(MANY);
            assertThat(old.forget(found)).isEqualTo(1);
            assertThat(old.endedBefore(tomorrow)).isEmpty();
        }
    }

    /** The story's model, published later than other stories'. */
    private static Envelope<ModelPublished> published(RunStory story, Duration later) {
        Envelope<ModelPublished> told = story.modelPublished();
        ModelPublished m = told.event();
        return new Envelope<>(
                told.id(),
                told.subject(),
                told.runId(),
                told.causationId(),
                told.traceparent(),
                told.source(),
                told.time(),
                new ModelPublished(
                        m.name(),
                        m.run(),
                        m.model(),
                        m.task(),
                        m.target(),
                        m.metric(),
                        m.score(),
                        m.gain(),
                        m.calibrationError(),
                        m.holdoutScore(),
                        m.holdoutScores(),
                        m.holdoutPredictions(),
                        m.leaderboard(),
                        m.leaderboardFile(),
                        m.trials(),
                        m.provenance(),
                        m.submittedAt(),
                        m.publishedAt().plus(later),
                        m.signature()));
    }
}
