package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C amid {@code millrace run --data-dir}: the whole process group gets the signal, as from a terminal. It ends soon and
 * leaves nothing behind, and what is started next on the data directory goes on with the run.
 */
class InterruptedRunIT {
    private static final String MILLRACE = "io.millrace.allinone.Millrace";
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofSeconds(30);

    /** A group of its own, in which the signal is not ignored, as it is for what a shell starts in the background. */
    private static final List<String> AS_FROM_A_TERMINAL = List.of("setsid", "env", "--default-signal=INT");

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void chooseData() {
        assumeTrue(Tools.find("setsid").isPresent(), "skipped: no setsid is installed, which makes a process group");
        data = SampleData.multiclass(folder);
    }

    @Test
    void theSameCommandGoesOnToTheModelOfAnUndisturbedRun() throws Exception {
        Instant signal = interruptARun();
        JavaProcess again = run("--data-dir", "state", "--out", "model");
        JavaProcess undisturbed = run("--out", "undisturbed");
        assertThat(again.exitCode(LONG)).as(again.output()).isZero();
        assertThat(undisturbed.exitCode(LONG)).as(undisturbed.output()).isZero();
        assertThat(timeless("model")).isEqualTo(timeless("undisturbed"));
        theRunWasTheOneThatTheSignalMet(signal);
    }

    @Test
    void aPlatformOnTheSameDirectoryGoesOnToo() throws Exception {
        Instant signal = interruptARun();
        try (JavaProcess up = JavaProcess.start(
                folder, MILLRACE, Map.of(), "up", "--data-dir", "state", "--kafka-port", "0", "--http-port", "0")) {
            up.await("model", LONG, () -> up.output().contains("published iris"));
            up.terminate();
            up.exitCode(SOON);
        }
        // The run has ended: what is left to do is to hand out its model.
        JavaProcess again = run("--data-dir", "state", "--out", "model");
        assertThat(again.exitCode(LONG)).as(again.output()).isZero();
        theRunWasTheOneThatTheSignalMet(signal);
    }

    /** Starts a run in {@code state} and sends Ctrl-C when two of its trials are done; says when. */
    private Instant interruptARun() throws Exception {
        try (JavaProcess run = run("--data-dir", "state", "--out", "model")) {
            run.await("second trial", LONG, () -> run.output().split("trial      t").length > 2);
            ProcessHandle database = database();
            int port = Integer.parseInt(
                    Files.readString(folder.resolve("state/kafka/port")).strip());
            Instant signal = Instant.now();
            Tools.run(folder, "kill", "-INT", "--", "-" + run.handle().pid());
            assertThat(run.exitCode(SOON)).as(run.output()).isEqualTo(130);
            assertThat(run.output())
                    .contains("millrace: stopping")
                    .contains("the next start with --data-dir state goes on")
                    .doesNotContain("\tat ")
                    .doesNotContain("Results are in");
            nothingIsLeft(database, port);
            return signal;
        }
    }

    private void nothingIsLeft(ProcessHandle database, int port) throws Exception {
        // The server may still be writing its last words when the platform is gone.
        database.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains(folder.toString())))
                .isEmpty();
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(free.isBound()).isTrue();
        }
    }

    private void theRunWasTheOneThatTheSignalMet(Instant signal) throws IOException {
        List<JsonNode> trials = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(folder.resolve("model/events.jsonl"))) {
            JsonNode event = json.readTree(line);
            if (event.get("type").asText().contains("trial.evaluated")) {
                trials.add(event);
            }
        }
        assertThat(trials).hasSizeGreaterThanOrEqualTo(8);
        assertThat(trials.stream()
                        .map(e ->
                                e.get("data").get("trial") + "/" + e.get("data").get("rung")))
                .as("no trial was made twice")
                .doesNotHaveDuplicates();
        assertThat(trials.stream().map(e -> Instant.parse(e.get("time").asText())))
                .as("some trials are from before the signal, some from after it")
                .anyMatch(signal::isAfter)
                .anyMatch(signal::isBefore);
    }

    private String timeless(String model) throws IOException {
        return Timeless.text(new ObjectMapper()
                .readTree(folder.resolve(model).resolve("model.published.json").toFile()));
    }

    private ProcessHandle database() throws IOException {
        Path pid = folder.resolve("state/postgres/cluster/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip()))
                .orElseThrow();
    }

    private JavaProcess run(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                data.toString(),
                "--target",
                SampleData.multiclassTarget(),
                "--families",
                "boosting,linear",
                "--trials",
                "8",
                "--seed",
                "5"));
        arguments.addAll(List.of(options));
        return JavaProcess.startBy(
                AS_FROM_A_TERMINAL, List.of(), folder, MILLRACE, Map.of(), arguments.toArray(String[]::new));
    }
}
