package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The search against its opponents on the open data sets: the same folds, portfolio, families, budget and processors, taken
 * in turn. Prints a row per set, seed and search as it comes, then ranks and paired differences.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dbench.sets=iris,wine -Dbench.budget=60s -Dbench.seeds=1,2,3}. Rows are kept
 * in {@code -Dbench.rows=FILE}, see {@link KeptRows}; the summary is of all of them. {@code -Dbench.families=mlp} leaves the other
 * families out, and with them most of the portfolio: what is left of the time is searched. Its rows belong in a file of their own.
 */
class SearchBenchmark {
    private static final List<String> SEARCHES = List.of("diagnosis", "halving", "random");

    private final FixedFolds folds = new FixedFolds();
    private final String budget = System.getProperty("bench.budget", "60s");
    private final Path file = Path.of(System.getProperty("bench.rows", "target/search-benchmark.csv"));
    private final List<String> families = Stream.ofNullable(System.getProperty("bench.families"))
            .flatMap(names -> Stream.of("--families", names))
            .toList();

    /** What is to be measured, and under which it is kept. */
    private record Key(String set, String seed, String budget, String search) {}

    /**
     * What a search reached.
     *
     * @param loss metric on the test fold; lower is better
     * @param trials results of trials, promotions included
     * @param cpuSeconds processor time of their training
     */
    private record Row(Key key, String metric, double loss, int trials, double cpuSeconds) {
        static Row of(String line) {
            String[] c = line.split(",");
            return new Row(
                    new Key(c[0], c[1], c[2], c[3]),
                    c[4],
                    Double.parseDouble(c[5]),
                    Integer.parseInt(c[6]),
                    Double.parseDouble(c[7]));
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s,%s,%s,%d,%.1f",
                    key.set,
                    key.seed,
                    key.budget,
                    key.search,
                    metric,
                    loss,
                    trials,
                    cpuSeconds);
        }
    }

    @Test
    void theSearchIsHeldAgainstHalvingAndRandomSearch(@TempDir Path work) throws Exception {
        OpenData.assumeThere();
        OpenData.build();
        KeptRows<Key, Row> kept = KeptRows.in(file, Row::of, Row::line, Row::key);
        String[] seeds = System.getProperty("bench.seeds", "1,2,3").split(",");
        int turn = 0;
        System.out.println("set,seed,budget,search,metric,loss,trials,cpuSeconds");
        for (String seed : seeds) {
            for (String set : OpenData.sets()) {
                // Whoever is first would always meet the same weather.
                for (int i = 0; i < SEARCHES.size(); i++) {
                    Key key = new Key(set, seed, budget, SEARCHES.get((turn + i) % SEARCHES.size()));
                    System.out.println(
                            kept.get(key, () -> measure(key, work.resolve(set))).line());
                }
                turn++;
            }
        }
        Map<Key, Row> rows = kept.all();
        List<PairedRanks.Block> blocks = blocks(rows);
        assertThat(blocks).isNotEmpty();
        summarise(blocks, rows);
    }

    private Row measure(Key key, Path folder) throws Exception {
        FixedFolds.Split split = folds.cut(key.set(), folder);
        WatchedRun run = folds.run(
                split,
                Stream.concat(Stream.of("--budget", key.budget(), "--seed", key.seed()), families.stream())
                        .toList(),
                Map.of("MILLRACE_PLANNER_SEARCH", key.search()));
        List<JsonNode> results = run.events().stream()
                .filter(event -> event.get("type").asText().contains("trial.evaluated"))
                .map(event -> event.get("data"))
                .toList();
        Row row = new Row(
                key,
                split.metric(),
                folds.score(split, run),
                results.size(),
                results.stream()
                        .mapToDouble(r -> r.get("cpuSeconds").asDouble())
                        .sum());
        FixedFolds.delete(folder);
        return row;
    }

    /** The sets and seeds that every search has run under this budget. */
    private List<PairedRanks.Block> blocks(Map<Key, Row> rows) {
        return rows.keySet().stream()
                .filter(k -> k.budget().equals(budget))
                .flatMap(k -> Stream.of(new Key(k.set(), k.seed(), budget, "")))
                .distinct()
                .map(k -> SEARCHES.stream()
                        .map(search -> rows.get(new Key(k.set(), k.seed(), budget, search)))
                        .toList())
                .filter(of -> !of.contains(null))
                .map(of -> new PairedRanks.Block(
                        of.get(0).key().set(),
                        of.stream().mapToDouble(Row::loss).toArray()))
                .toList();
    }

    private void summarise(List<PairedRanks.Block> blocks, Map<Key, Row> rows) {
        PairedRanks ranks = new PairedRanks(blocks);
        System.out.printf("%n%d sets, %d sets and seeds, %s%n%n", ranks.sets(), blocks.size(), budget);
        System.out.println("| search | mean rank | first | CPU-seconds | trials |");
        System.out.println("|---|---|---|---|---|");
        IntStream.range(0, SEARCHES.size())
                .forEach(i -> System.out.printf(
                        Locale.ROOT,
                        "| %s | %.3f | %d | %.1f | %.1f |%n",
                        SEARCHES.get(i),
                        ranks.mean(i),
                        blocks.stream().filter(b -> isFirst(b, i)).count(),
                        mean(rows, SEARCHES.get(i), true),
                        mean(rows, SEARCHES.get(i), false)));
        System.out.println("\n| paired | rank, 95 % | loss, 95 % |");
        System.out.println("|---|---|---|");
        for (int other = 1; other < SEARCHES.size(); other++) {
            PairedRanks.Difference rank = ranks.difference(0, other);
            PairedRanks.Difference loss = ranks.logRatio(0, other);
            System.out.printf(
                    Locale.ROOT,
                    "| %s against %s | %+.3f (%+.3f to %+.3f) | %+.2f %% (%+.2f to %+.2f) |%n",
                    SEARCHES.get(0),
                    SEARCHES.get(other),
                    rank.mean(),
                    rank.low(),
                    rank.high(),
                    percent(loss.mean()),
                    percent(loss.low()),
                    percent(loss.high()));
        }
    }

    private static boolean isFirst(PairedRanks.Block block, int contender) {
        return block.losses()[contender] == Arrays.stream(block.losses()).min().orElseThrow();
    }

    private double mean(Map<Key, Row> rows, String search, boolean seconds) {
        return rows.values().stream()
                .filter(r -> r.key().search().equals(search) && r.key().budget().equals(budget))
                .mapToDouble(r -> seconds ? r.cpuSeconds() : r.trials())
                .average()
                .orElse(0);
    }

    private static double percent(double logarithm) {
        return 100 * Math.expm1(logarithm);
    }
}
