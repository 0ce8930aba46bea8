package io.millrace.allinone;

import io.millrace.allinone.progress.LeaderboardText;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelPublished;
import io.millrace.events.RunFailed;
import io.millrace.runtime.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The platform, until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a broker, a database and every service in this process and keeps them running. Drop a file into the"
                    + " inbox, post it to the REST API, or produce it to the topic millrace.dataset.dropped; one line"
                    + " is printed per published model.",
            "State survives a restart and a kill on the same data directory: unfinished runs go on."
        })
final class UpCommand implements Callable<Integer> {
    private static final String HTTP_PORT = "MILLRACE_GATEWAY_PORT";
    private static final String SCORER_PORT = "MILLRACE_SCORER_PORT";

    @Option(names = "--inbox", paramLabel = "DIR", description = "Folder to drop files into.")
    Path inbox;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "millrace-data",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    Path dataDirectory;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the broker on the loopback interface, 0 for a free one (default: ${DEFAULT-VALUE}).")
    int kafkaPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port of the REST API and the page, 0 for a free one (default: " + HTTP_PORT + ", or 8080).")
    Integer httpPort;

    @Option(
            names = "--scorer-port",
            paramLabel = "PORT",
            description = "Port where published models predict new rows, 0 for a free one (default: " + SCORER_PORT
                    + ", or 8090).")
    Integer scorerPort;

    @Mixin
    ThreadsOption threads;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> variables = variables(System.getenv());
        if (inbox != null) {
            variables.put("MILLRACE_INTAKE_INBOX", folder(inbox).toString());
        }
        try (LocalSession session = LocalSession.open(Optional.of(dataDirectory), kafkaPort, true, variables)) {
            LocalPlatform platform = session.platform();
            // The group keeps its position in the data directory, so that a restart repeats no line.
            platform.platform()
                    .bus()
                    .follow(
                            "millrace-up",
                            EnumSet.of(EventType.MODEL_PUBLISHED, EventType.DATASET_REJECTED, EventType.RUN_FAILED),
                            event -> told(event.event()).ifPresent(System.out::println));
            System.out.println(
                    "Kafka at " + platform.bootstrapServers() + ", web page and REST API at http://127.0.0.1:"
                            + platform.gatewayPort() + "/, predictions at http://127.0.0.1:"
                            + platform.scorerPort() + "/models" + (inbox == null ? "" : ", inbox " + inbox));
            System.out.println("Ready. Stop with Ctrl-C.");
            new CountDownLatch(1).await();
            return 0;
        }
    }

    /** Variables for the services; an option is stronger than the variable of the same. */
    Map<String, String> variables(Map<String, String> given) {
        Map<String, String> variables = threads.variables(given);
        put(variables, HTTP_PORT, httpPort);
        put(variables, SCORER_PORT, scorerPort);
        return variables;
    }

    private static void put(Map<String, String> variables, String key, Integer value) {
        if (value != null) {
            variables.put(key, value.toString());
        }
    }

    private static Path folder(Path inbox) {
        try {
            return Files.createDirectories(inbox).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + inbox + " as inbox: " + e.getMessage(), e);
        }
    }

    /** How a run ended, as one line. */
    static Optional<String> told(Event event) {
        Optional<String> line = Optional.empty();
        if (event instanceof ModelPublished m) {
            line = Optional.of(m.publishedAt().truncatedTo(ChronoUnit.MILLIS) + " published " + m.name() + ": "
                    + m.metric().wireName() + " "
                    + LeaderboardText.interval(m.holdoutScore().orElse(m.score()))
                    + (m.holdoutScore().isPresent() ? " on the holdout" : " out of fold") + ", " + m.trials()
                    + " trials, run " + m.run());
        } else if (event instanceof DatasetRejected r) {
            line = Optional.of("rejected " + r.name() + ": " + r.message() + " " + r.remedy());
        } else if (event instanceof RunFailed f) {
            line = Optional.of("failed " + f.name() + ": " + f.message());
        }
        return line.map(OneLine::of);
    }
}
