package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace up} through a kill and a stop: nothing is lost, nothing stays behind. */
class PlatformRestartIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void aRunThatAKillInterruptedGoesOnAfterTheNextStart() throws Exception {
        Path data = SampleData.binary(folder);
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        JavaProcess killed = up();
        try (killed) {
            killed.await("start", LONG, () -> killed.output().contains("Ready."));
            Files.writeString(
                    inbox.resolve("credit.json"),
                    "{\"target\": \"" + SampleData.binaryTarget()
                            + "\", \"trials\": 12, \"seed\": 5, \"families\": [\"boosting\", \"linear\"]}");
            Files.copy(data, inbox.resolve("credit.csv"));
            // The file is moved once it is submitted: from here on the run must not be lost.
            killed.await("submission", LONG, () -> Files.exists(inbox.resolve("done/credit.csv")));
            killed.kill();
        }
        JavaProcess next = up();
        try (next) {
            next.await("model", LONG, () -> next.output().contains("published credit"));
            ProcessHandle database = database();
            assertThat(database.isAlive()).isTrue();
            next.terminate();
            next.exitCode(Duration.ofSeconds(30));
            // The server may still be writing its last words when the platform is gone.
            database.onExit().get(30, TimeUnit.SECONDS);
        }
        JavaProcess last = up();
        try (last) {
            last.await("start", LONG, () -> last.output().contains("Ready."));
            assertThat(last.output()).doesNotContain("published credit");
            last.terminate();
            last.exitCode(Duration.ofSeconds(30));
        }
    }

    @Test
    void aSecondPlatformOnTheSameDataDirectoryIsRefused() throws Exception {
        JavaProcess first = up();
        try (first) {
            first.await("start", LONG, () -> first.output().contains("Ready."));
            try (JavaProcess second = up()) {
                assertThat(second.exitCode(LONG)).isEqualTo(1);
                assertThat(second.output())
                        .contains("another millrace works in")
                        .contains("--data-dir");
            }
            assertThat(first.isAlive()).isTrue();
            first.terminate();
            first.exitCode(Duration.ofSeconds(30));
        }
    }

    /** The database, a process of its own that is no child of the platform's. */
    private ProcessHandle database() throws IOException {
        Path pid = folder.resolve("state/postgres/cluster/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip()))
                .orElseThrow();
    }

    private JavaProcess up() {
        return JavaProcess.start(
                folder,
                "io.millrace.allinone.Millrace",
                Map.of(),
                "up",
                "--inbox",
                "inbox",
                "--data-dir",
                "state",
                "--kafka-port",
                "0",
                "--http-port",
                "0");
    }
}
