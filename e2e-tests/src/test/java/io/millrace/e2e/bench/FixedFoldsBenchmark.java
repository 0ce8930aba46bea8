package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code ./millrace} as a user would on the fixed folds of the open data sets and holds the ensemble against the
 * rows of {@code baselines.csv}. Needs Linux, python3 and the folder with the data; prints a Markdown table.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=FixedFoldsBenchmark -Dbench.run="--budget 60s"
 * -Dbench.sets=iris,wine}; one configuration of one family alone is measured by {@code -Dbench.run="--families tabm --trials 1"}.
 * Rows are kept in {@code -Dbench.rows=FILE}, see {@link KeptRows}.
 */
class FixedFoldsBenchmark {
    /** Names in {@code baselines.csv} and in the table; the last one is for sets that are nothing but texts. */
    private static final Map<String, String> YARDSTICKS = yardsticks();

    private final FixedFolds folds = new FixedFolds();
    private final String settings = System.getProperty("bench.run", "--budget 60s");

    private static Map<String, String> yardsticks() {
        Map<String, String> yardsticks = new LinkedHashMap<>();
        yardsticks.put("linear", "linear");
        yardsticks.put("rf", "random forest");
        yardsticks.put("hgb", "histogram boosting");
        yardsticks.put("tfidf+logreg", "tf-idf + logistic");
        return yardsticks;
    }

    private record Key(String set, String settings) {}

    /**
     * What a run reached.
     *
     * @param ours metric on the test fold; lower is better
     * @param seconds from submission to the published model
     * @param busy share of the processors during the search, 0 to 1
     */
    private record Row(
            Key key, String metric, int train, double ours, int trials, double seconds, double busy, double megabytes) {

        static Row of(String line) {
            String[] c = line.split("\t");
            return new Row(
                    new Key(c[0], c[1]),
                    c[2],
                    Integer.parseInt(c[3]),
                    Double.parseDouble(c[4]),
                    Integer.parseInt(c[5]),
                    Double.parseDouble(c[6]),
                    Double.parseDouble(c[7]),
                    Double.parseDouble(c[8]));
        }

        String line() {
            return String.join(
                    "\t",
                    List.of(
                            key.set,
                            key.settings,
                            metric,
                            Integer.toString(train),
                            Double.toString(ours),
                            Integer.toString(trials),
                            Double.toString(seconds),
                            Double.toString(busy),
                            Double.toString(megabytes)));
        }
    }

    /** A row and the values of its yardsticks by their names. */
    private record Compared(Row row, Map<String, Double> peers) {
        boolean beats(String yardstick) {
            return row.ours < peers.get(yardstick);
        }

        boolean beatsAll() {
            return peers.keySet().stream().allMatch(this::beats);
        }

        String markdown() {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    beatsAll() ? "| %s | %,d | %s | **%.5g** |" : "| %s | %,d | %s | %.5g |",
                    row.key.set,
                    row.train,
                    row.metric,
                    row.ours));
            for (String yardstick : YARDSTICKS.keySet()) {
                Double peer = peers.get(yardstick);
                line.append(peer == null ? " |" : String.format(Locale.ROOT, " %.5g |", peer));
            }
            return line.append(String.format(
                            Locale.ROOT,
                            " %s | %d | %.1f | %.0f %% | %,.0f |",
                            beatsAll() ? "yes" : "no",
                            row.trials,
                            row.seconds,
                            100 * row.busy,
                            row.megabytes))
                    .toString();
        }
    }

    @Test
    void theEnsembleIsHeldAgainstTheBaselines(@TempDir Path work) throws Exception {
        OpenData.assumeThere();
        OpenData.build();
        KeptRows<Key, Row> kept = KeptRows.in(
                Path.of(System.getProperty("bench.rows", "target/fixed-folds.tsv")), Row::of, Row::line, Row::key);
        List<Compared> rows = new ArrayList<>();
        for (String set : OpenData.sets()) {
            Row row = kept.get(new Key(set, settings), () -> measure(set, work.resolve(set)));
            rows.add(new Compared(row, peers(set, row.metric())));
            System.out.println(rows.get(rows.size() - 1).markdown());
        }
        System.out.printf(
                "%n| set | training rows | metric | ensemble | %s | best | trials | run s | busy | memory MB |%n",
                String.join(" | ", YARDSTICKS.values()));
        System.out.println("|---|---|---|---|" + "---|".repeat(YARDSTICKS.size()) + "---|---|---|---|---|");
        rows.forEach(row -> System.out.println(row.markdown()));
        System.out.printf("%n%s: better than%n", settings);
        YARDSTICKS.forEach((name, words) -> {
            List<Compared> with =
                    rows.stream().filter(row -> row.peers().containsKey(name)).toList();
            if (!with.isEmpty()) {
                System.out.printf(
                        "- %s on %d of %d sets%n",
                        words, with.stream().filter(row -> row.beats(name)).count(), with.size());
            }
        });
        System.out.printf(
                "- every yardstick on %d of %d sets%n",
                rows.stream().filter(Compared::beatsAll).count(), rows.size());
        assertThat(rows).isNotEmpty();
    }

    private Row measure(String set, Path folder) throws IOException, InterruptedException {
        FixedFolds.Split split = folds.cut(set, folder);
        WatchedRun run = folds.run(split, List.of(settings.split(" ")), Map.of());
        Row row = new Row(
                new Key(set, settings),
                split.metric(),
                split.trainingRows(),
                folds.score(split, run),
                run.published().get("trials").asInt(),
                run.length().toMillis() / 1e3,
                run.search().busy(),
                run.peakBytes() / 1e6);
        FixedFolds.delete(folder);
        return row;
    }

    /** The yardsticks' values of a metric; one that diverged is no yardstick. */
    private static Map<String, Double> peers(String set, String metric) throws IOException {
        List<String> lines = Files.readAllLines(OpenData.folder().resolve("baselines.csv"));
        List<String> header = List.of(lines.get(0).split(","));
        Map<String, Double> peers = new TreeMap<>();
        for (String line : lines) {
            String[] cells = line.split(",", header.size());
            boolean fits = cells[header.indexOf("name")].equals(set)
                    && YARDSTICKS.containsKey(cells[header.indexOf("model")])
                    && !(set.equals("bike_sharing_hour") && cells[header.indexOf("split")].equals("random"))
                    && !line.contains("DIVERGED");
            if (fits && !cells[header.indexOf(metric)].isEmpty()) {
                peers.put(cells[header.indexOf("model")], Double.valueOf(cells[header.indexOf(metric)]));
            }
        }
        return peers;
    }
}
