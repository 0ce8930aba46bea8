package io.millrace.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The open data sets along their fixed folds, on which {@code ./millrace} is run as a user would. Needs python3. */
final class FixedFolds {
    /** The sets that have a fixed fold, smaller ones first. */
    static final String ALL = "iris,wine,breast_cancer,diabetes,digits,adult,credit_g,titanic,california_housing,"
            + "bank_marketing,abalone,diamonds,kddcup99_10pct,hflights,sms_spam,bike_sharing_hour,students_dropout,"
            + "hhs_breaches,nyc_squirrels";

    private final Path root =
            Path.of(System.getProperty("bench.root", "..")).toAbsolutePath().normalize();
    private final Path shared = Path.of(System.getProperty("bench.shared", "../../shared"))
            .toAbsolutePath()
            .normalize();
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
    record Split(String name, String target, String metric, int trainingRows, Path folder) {
        /** What a run leaves behind, its recording included. */
        Path model() {
            return folder.resolve("model");
        }
    }

    Path data() {
        return shared.resolve("data");
    }

    Split cut(String name, Path folder) throws IOException, InterruptedException {
        JsonNode split = json.readTree(
                lastLine(Map.of(), List.of(shared.resolve("bench/split.py").toString(), name, folder.toString())));
        return new Split(
                name,
                split.get("target").asText(),
                split.get("metric").asText(),
                split.get("train").asInt(),
                folder);
    }

    /** Runs {@code millrace run} with these options and, besides the process's own, these variables. */
    void run(Split split, List<String> options, Map<String, String> variables)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                millrace(),
                "run",
                split.folder().resolve("train.csv").toString(),
                "--target",
                split.target(),
                "--out",
                split.model().toString()));
        command.addAll(options);
        lastLine(variables, command);
    }

    /** The metric of the model's predictions for the test fold. */
    double score(Split split) throws IOException, InterruptedException {
        String test = split.folder().resolve("test.csv").toString();
        String predictions = split.folder().resolve("predictions.csv").toString();
        lastLine(Map.of(), List.of(millrace(), "predict", split.model().toString(), test, "--out", predictions));
        String task = split.metric().equals("rmse") ? "regression" : "classification";
        String score = lastLine(
                Map.of(),
                List.of(shared.resolve("bench/score.py").toString(), test, split.target(), task, predictions));
        return json.readTree(score).get(split.metric()).asDouble();
    }

    private String millrace() {
        return root.resolve("millrace").toString();
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String lastLine(Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("bench", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        int exit = builder.start().waitFor();
        List<String> lines = Files.readAllLines(output);
        Files.delete(output);
        if (exit != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + exit + ":\n" + String.join("\n", lines));
        }
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
