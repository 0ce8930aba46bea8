package io.millrace.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The open data sets along their fixed folds, on which {@code ./millrace} is run as a user would. Needs python3. */
final class FixedFolds {
    private final ObjectMapper json = new ObjectMapper();

    /**
     * A set that was cut in two, as {@code train.csv} and {@code test.csv} in a folder.
     *
     * @param name name of the set
     * @param target column to predict
     * @param metric what is scored; lower is better
     * @param trainingRows rows to train on
     * @param folder where its files are, and later those of the run
     */
    record Split(String name, String target, String metric, int trainingRows, Path folder) {}

    Split cut(String name, Path folder) throws IOException, InterruptedException {
        JsonNode split = json.readTree(
                OpenData.lastLine(List.of("python3", OpenData.script("split.py"), name, folder.toString())));
        return new Split(
                name,
                split.get("target").asText(),
                split.get("metric").asText(),
                split.get("train").asInt(),
                folder);
    }

    /**
     * Runs {@code millrace run} with these options and, besides the process's own, these variables; throws an AssertionError
     * with what it printed where it publishes no model.
     */
    WatchedRun run(Split split, List<String> options, Map<String, String> variables)
            throws IOException, InterruptedException {
        WatchedRun run =
                WatchedRun.of(split.folder().resolve("train.csv"), split.target(), split.folder(), options, variables);
        if (run.exitCode() != 0) {
            throw new AssertionError(
                    "the run on " + split.name() + " ended with " + run.exitCode() + ":\n" + run.output());
        }
        return run;
    }

    /** The metric of a run's model on the test fold. */
    double score(Split split, WatchedRun run) throws IOException, InterruptedException {
        return scores(split, run).get(split.metric()).asDouble();
    }

    /** All metrics of a run's model on the test fold, by their names. */
    JsonNode scores(Split split, WatchedRun run) throws IOException, InterruptedException {
        String test = split.folder().resolve("test.csv").toString();
        String predictions = split.folder().resolve("predictions.csv").toString();
        OpenData.lastLine(List.of(OpenData.launcher(), "predict", run.model().toString(), test, "--out", predictions));
        String task = split.metric().equals("rmse") ? "regression" : "classification";
        return json.readTree(OpenData.lastLine(
                List.of("python3", OpenData.script("score.py"), test, split.target(), task, predictions)));
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
