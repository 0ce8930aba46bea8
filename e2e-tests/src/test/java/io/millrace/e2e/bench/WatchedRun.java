package io.millrace.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./millrace run} as a user starts it, watched from outside until it has ended. Linux only: it reads {@code /proc}.
 *
 * @param exitCode 0 when a model was published
 * @param output everything that it printed
 * @param peakBytes the most memory that its process ever had resident, and the most that its database was seen with
 * @param looks processor times of its threads, four a second
 * @param model folder of the results
 */
record WatchedRun(int exitCode, String output, long peakBytes, List<ThreadTimes> looks, Path model) {
    private static final long LOOK_MILLIS = 250;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Runs and returns when the process has ended.
     *
     * @param folder made; takes the results, what the run prints and its temporary files
     * @param options further ones of {@code millrace run}
     * @param variables of the environment, besides this process's own
     */
    static WatchedRun of(Path file, String target, Path folder, List<String> options, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        Path output = folder.resolve("run.log");
        Path model = folder.resolve("model");
        List<String> command = new ArrayList<>(
                List.of(OpenData.launcher(), "run", file.toString(), "--target", target, "--out", model.toString()));
        command.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        // By it the run's database is found, which is no child of the run's process.
        builder.environment()
                .merge("MILLRACE_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary, (given, ours) -> given + " " + ours);
        Process process = builder.start();
        ResidentMemory memory = new ResidentMemory(process.pid(), temporary);
        List<ThreadTimes> looks = new ArrayList<>(List.of(ThreadTimes.NONE));
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            looks.add(ThreadTimes.of(process.pid(), looks.get(looks.size() - 1)));
            memory.look();
        }
        return new WatchedRun(process.exitValue(), Files.readString(output), memory.peakBytes(), looks, model);
    }

    /** The final event. */
    JsonNode published() throws IOException {
        return JSON.readTree(model.resolve("model.published.json").toFile());
    }

    /** From submission to the published model; the start of the process is before it. */
    Duration length() throws IOException {
        JsonNode event = published();
        return Duration.between(
                Instant.parse(event.get("submittedAt").asText()),
                Instant.parse(event.get("publishedAt").asText()));
    }

    /** Every event of the run, with {@code type}, {@code time} and {@code data}. */
    List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(model.resolve("events.jsonl"))) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    /** The search: from the profile to the end of the trials. */
    Search search() throws IOException {
        ThreadTimes begin = lookAt(timeOf("dataset.profiled"));
        ThreadTimes end = lookAt(timeOf("search.completed"));
        return new Search(Duration.between(begin.at(), end.at()), end.since(begin));
    }

    private Instant timeOf(String type) throws IOException {
        return events().stream()
                .filter(event -> event.get("type").asText().contains(type))
                .map(event -> Instant.parse(event.get("time").asText()))
                .findFirst()
                .orElseThrow();
    }

    private ThreadTimes lookAt(Instant moment) {
        return looks.stream()
                .min(Comparator.comparing(
                        look -> Duration.between(look.at(), moment).abs()))
                .orElseThrow();
    }

    /**
     * What the process did while it searched.
     *
     * @param cpuSeconds processor time by the name of the threads
     */
    record Search(Duration length, Map<String, Double> cpuSeconds) {
        double allCpuSeconds() {
            return cpuSeconds.values().stream().mapToDouble(s -> s).sum();
        }

        /** Share of all processors' time, 0 to 1. */
        double busy() {
            return allCpuSeconds()
                    * 1000
                    / length.toMillis()
                    / Runtime.getRuntime().availableProcessors();
        }
    }
}
