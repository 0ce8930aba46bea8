package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code ./millrace} as a user would on the fixed folds of the open data sets and holds the ensemble against the
 * rows of {@code baselines.csv}. Needs python3 and the folder with the data; prints a Markdown table.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dbench.run="--budget 60s" -Dbench.sets=iris,wine}; one configuration of
 * one family alone is measured by {@code -Dbench.run="--families tabm --trials 1"}.
 */
class FixedFoldsBenchmark {
    private static final String ALL =
            "iris,wine,breast_cancer,diabetes,digits,adult,credit_g,titanic,california_housing,"
                    + "bank_marketing,abalone,diamonds,kddcup99_10pct,hflights,sms_spam,bike_sharing_hour,students_dropout,"
                    + "hhs_breaches,nyc_squirrels";
    private static final List<String> YARDSTICKS = List.of("linear", "rf", "hgb", "tfidf+logreg");

    private final Path root =
            Path.of(System.getProperty("bench.root", "..")).toAbsolutePath().normalize();
    private final Path shared = Path.of(System.getProperty("bench.shared", "../../shared"))
            .toAbsolutePath()
            .normalize();
    private final ObjectMapper json = new ObjectMapper();

    /** One line of the table. */
    private record Row(String name, String metric, int train, double ours, Map<String, Double> peers, double seconds) {
        boolean beatsAll() {
            return peers.values().stream().allMatch(peer -> ours < peer);
        }

        String markdown() {
            StringBuilder line = new StringBuilder(
                    String.format(Locale.ROOT, "| %s | %,d | %s | %.5g |", name, train, metric, ours));
            for (String yardstick : YARDSTICKS) {
                Double peer = peers.get(yardstick);
                line.append(peer == null ? " |" : String.format(Locale.ROOT, " %.5g |", peer));
            }
            return line.append(String.format(Locale.ROOT, " %s | %.1f |", beatsAll() ? "yes" : "no", seconds))
                    .toString();
        }
    }

    @Test
    void theEnsembleIsHeldAgainstTheBaselines(@TempDir Path work) throws Exception {
        String settings = System.getProperty("bench.run", "--budget 60s");
        List<Row> rows = new ArrayList<>();
        for (String name : System.getProperty("bench.sets", ALL).split(",")) {
            rows.add(run(name, settings, work.resolve(name)));
            System.out.println(rows.get(rows.size() - 1).markdown());
        }
        System.out.printf(
                "%n| set | training rows | metric | ensemble | %s | beats all | seconds |%n",
                String.join(" | ", YARDSTICKS));
        System.out.println("|---|---|---|---|" + "---|".repeat(YARDSTICKS.size()) + "---|---|");
        rows.forEach(r -> System.out.println(r.markdown()));
        long wins = rows.stream().filter(Row::beatsAll).count();
        System.out.printf("%n%s: better than every yardstick on %d of %d sets%n", settings, wins, rows.size());
        assertThat(rows).isNotEmpty();
    }

    private Row run(String name, String settings, Path folder) throws Exception {
        JsonNode split = json.readTree(lastLine(shared.resolve("bench/split.py").toString(), name, folder.toString()));
        String target = split.get("target").asText();
        String metric = split.get("metric").asText();
        String task = metric.equals("rmse") ? "regression" : "classification";
        String train = folder.resolve("train.csv").toString();
        String test = folder.resolve("test.csv").toString();
        String model = folder.resolve("model").toString();
        String predictions = folder.resolve("predictions.csv").toString();
        String millrace = root.resolve("millrace").toString();
        long start = System.nanoTime();
        List<String> command = new ArrayList<>(List.of(millrace, "run", train, "--target", target, "--out", model));
        command.addAll(List.of(settings.split(" ")));
        lastLine(command.toArray(String[]::new));
        double seconds = (System.nanoTime() - start) / 1e9;
        lastLine(millrace, "predict", model, test, "--out", predictions);
        JsonNode score =
                json.readTree(lastLine(shared.resolve("bench/score.py").toString(), test, target, task, predictions));
        double ours = score.get(metric).asDouble();
        Row row = new Row(name, metric, split.get("train").asInt(), ours, peers(name, metric), seconds);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return row;
    }

    /** The yardsticks' values of a metric; one that diverged is no yardstick. */
    private Map<String, Double> peers(String name, String metric) throws IOException {
        List<String> lines = Files.readAllLines(shared.resolve("data/baselines.csv"));
        List<String> header = List.of(lines.get(0).split(","));
        Map<String, Double> peers = new TreeMap<>();
        for (String line : lines) {
            String[] cells = line.split(",", header.size());
            boolean fits = cells[header.indexOf("name")].equals(name)
                    && YARDSTICKS.contains(cells[header.indexOf("model")])
                    && !(name.equals("bike_sharing_hour") && cells[header.indexOf("split")].equals("random"))
                    && !line.contains("DIVERGED");
            if (fits && !cells[header.indexOf(metric)].isEmpty()) {
                peers.put(cells[header.indexOf("model")], Double.valueOf(cells[header.indexOf(metric)]));
            }
        }
        return peers;
    }

    private static String lastLine(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("bench", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        List<String> lines = Files.readAllLines(output);
        Files.delete(output);
        if (exit != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + exit + ":\n" + String.join("\n", lines));
        }
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
