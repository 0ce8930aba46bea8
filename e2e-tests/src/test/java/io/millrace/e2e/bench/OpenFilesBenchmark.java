package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code ./millrace} as a user would on every open data set as it is, leaking columns and dirt included: does each become a
 * model, within its budget and within the memory promised? Needs Linux; prints a Markdown table.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=OpenFilesBenchmark -Dbench.sets=iris,wine -Dbench.budget=30s}. Rows
 * are kept in {@code -Dbench.rows=FILE}, see {@link KeptRows}.
 */
class OpenFilesBenchmark {
    /** A run may take a tenth longer than its budget. */
    private static final double LONGEST = 1.1;

    private static final double MOST_MEGABYTES = 6_000;
    private static final double LEAST_BUSY = 0.85;

    private final String budget = System.getProperty("bench.budget", "30s");

    private record Key(String set, String budget) {}

    /** One line of the table; without a model the numbers are 0. */
    private record Row(
            Key key,
            int exit,
            String metric,
            double holdout,
            double ensemble,
            double single,
            int trials,
            double seconds,
            double busy,
            double megabytes) {

        static Row of(String line) {
            String[] c = line.split("\t");
            return new Row(
                    new Key(c[0], c[1]),
                    Integer.parseInt(c[2]),
                    c[3],
                    Double.parseDouble(c[4]),
                    Double.parseDouble(c[5]),
                    Double.parseDouble(c[6]),
                    Integer.parseInt(c[7]),
                    Double.parseDouble(c[8]),
                    Double.parseDouble(c[9]),
                    Double.parseDouble(c[10]));
        }

        String line() {
            return String.join(
                    "\t",
                    List.of(
                            key.set,
                            key.budget,
                            Integer.toString(exit),
                            metric,
                            Double.toString(holdout),
                            Double.toString(ensemble),
                            Double.toString(single),
                            Integer.toString(trials),
                            Double.toString(seconds),
                            Double.toString(busy),
                            Double.toString(megabytes)));
        }

        static Row of(Key key, WatchedRun run) throws IOException {
            double megabytes = run.peakBytes() / 1e6;
            if (run.exitCode() != 0) {
                return new Row(key, run.exitCode(), "none", 0, 0, 0, 0, 0, 0, megabytes);
            }
            JsonNode model = run.published();
            return new Row(
                    key,
                    0,
                    model.get("metric").asText(),
                    model.at("/holdoutScore/value").asDouble(),
                    model.at("/score/value").asDouble(),
                    model.at("/leaderboard/0/score/value").asDouble(),
                    model.get("trials").asInt(),
                    run.length().toMillis() / 1e3,
                    run.search().busy(),
                    megabytes);
        }

        /** How much longer than the budget, in parts of it; negative where it ended earlier. */
        double overrun() {
            return seconds * 1000 / Duration.parse("PT" + key.budget).toMillis() - 1;
        }

        boolean published() {
            return exit == 0;
        }

        boolean inTime() {
            return published() && 1 + overrun() <= LONGEST;
        }

        boolean inMemory() {
            return megabytes <= MOST_MEGABYTES;
        }

        String markdown(OpenData.Source source) {
            String began =
                    String.format(Locale.ROOT, "| %s | %,d | %s | %d |", key.set, source.rows(), source.task(), exit);
            if (!published()) {
                return began + String.format(Locale.ROOT, " | | | | | | | | %,.0f | no |", megabytes);
            }
            return began
                    + String.format(
                            Locale.ROOT,
                            " %s | %.5g | %.5g | %.5g | %d | %.1f | %+.0f %% | %.0f %% | %,.0f | %s |",
                            metric,
                            holdout,
                            ensemble,
                            single,
                            trials,
                            seconds,
                            100 * overrun(),
                            100 * busy,
                            megabytes,
                            inTime() && inMemory() ? "yes" : "no");
        }
    }

    @Test
    void everyFileBecomesAModelInTime(@TempDir Path work) throws Exception {
        OpenData.assumeThere();
        OpenData.build();
        KeptRows<Key, Row> kept = KeptRows.in(
                Path.of(System.getProperty("bench.rows", "target/open-files.tsv")), Row::of, Row::line, Row::key);
        List<String> table = new ArrayList<>(List.of(
                "| file | rows | task | exit | metric | on the holdout | out of fold | best single | trials | run s"
                        + " | over | busy | memory MB | within the rule |",
                "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"));
        List<Row> rows = new ArrayList<>();
        for (String set : OpenData.sets()) {
            Row row = kept.get(new Key(set, budget), () -> measure(set, work.resolve(set)));
            rows.add(row);
            table.add(row.markdown(OpenData.source(set)));
            System.out.println(table.get(table.size() - 1));
        }
        System.out.printf("%n%s%n%n", String.join("\n", table));
        System.out.printf(
                "Of %d files at %s: %d became a model, %d within the budget plus 10 %%, %d within 6 GB; both cores busy for at"
                        + " least 85 %% of the search in %d; the ensemble better than the best single trial out of fold in %d.%n",
                rows.size(),
                budget,
                count(rows, Row::published),
                count(rows, Row::inTime),
                count(rows, Row::inMemory),
                count(rows, row -> row.busy() >= LEAST_BUSY),
                count(rows, row -> row.published() && row.ensemble() < row.single()));
        assertThat(rows).isNotEmpty().allMatch(Row::published);
    }

    private Row measure(String set, Path folder) throws IOException, InterruptedException {
        OpenData.Source source = OpenData.source(set);
        WatchedRun run = WatchedRun.of(source.file(), source.target(), folder, List.of("--budget", budget), Map.of());
        Row row = Row.of(new Key(set, budget), run);
        if (!row.published()) {
            System.out.println(run.output());
        }
        FixedFolds.delete(folder);
        return row;
    }

    private static long count(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).count();
    }
}
