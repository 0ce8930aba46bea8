package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    private static final List<String> YARDSTICKS = List.of("linear", "rf", "hgb", "tfidf+logreg");

    private final FixedFolds folds = new FixedFolds();

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
        for (String name : System.getProperty("bench.sets", FixedFolds.ALL).split(",")) {
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
        FixedFolds.Split split = folds.cut(name, folder);
        long start = System.nanoTime();
        folds.run(split, List.of(settings.split(" ")), Map.of());
        double seconds = (System.nanoTime() - start) / 1e9;
        Row row = new Row(
                name, split.metric(), split.trainingRows(), folds.score(split), peers(name, split.metric()), seconds);
        FixedFolds.delete(folder);
        return row;
    }

    /** The yardsticks' values of a metric; one that diverged is no yardstick. */
    private Map<String, Double> peers(String name, String metric) throws IOException {
        List<String> lines = Files.readAllLines(folds.data().resolve("baselines.csv"));
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
}
