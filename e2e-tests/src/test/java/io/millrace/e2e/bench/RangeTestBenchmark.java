package io.millrace.e2e.bench;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.events.RunSettings;
import io.millrace.events.Suggestions;
import io.millrace.modelling.rangetest.RangeTest;
import io.millrace.modelling.table.Table;
import io.millrace.planner.core.FirstLook;
import io.millrace.profiler.TableOfFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How near the range test's choice comes to the best peak of a grid ({@link PeakGrid}). What is trained is the portfolio's plain
 * network, as long as a search would train it ({@link FirstLook}), at its usual batch and at four times that. Of larger sets
 * 3,000 rows are used. The best peak is the best on a quarter of the rows that nothing else sees: on validation rows, by which the
 * epoch is kept, a high peak looks better than it is, because its epochs differ more.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=RangeTestBenchmark -Dbench.seeds=1,2 -Dbench.rows=FILE
 * -Dbench.minutes=30}. Trainings are kept in that file and not repeated; after the minutes no more are begun, and the tables are of
 * what is complete. Range tests are made anew each time: a changed choice needs no training.
 */
class RangeTestBenchmark {
    private static final int MOST_ROWS = 3000;
    /** Share of the rows that neither weights nor epochs are chosen by. */
    private static final double UNSEEN = 0.25;

    private static final double NEAR = 3;
    private static final double NANOS = 1e9;
    /** Adam is AdamW here: weight decay is decoupled in both. */
    private static final List<Optimizer> OPTIMIZERS = Arrays.stream(
                    System.getProperty("bench.optimizers", "ADAMW,NESTEROV,RMSPROP")
                            .split(","))
            .map(Optimizer::valueOf)
            .toList();
    /** The sets on which the choice was made. */
    private static final List<String> CHOSEN_ON = List.of(
            "breast_cancer",
            "california_housing",
            "credit_g",
            "titanic",
            "abalone",
            "digits",
            "adult",
            "students_dropout");
    /** The others, on which it was proved. */
    private static final List<String> PROVED_ON =
            List.of("diabetes", "diamonds", "iris", "wine", "bank_marketing", "hflights", "bike_sharing_hour");

    private final FixedFolds folds = new FixedFolds();
    private final List<Integer> seeds = Arrays.stream(
                    System.getProperty("bench.seeds", "1,2").split(","))
            .map(Integer::valueOf)
            .toList();
    private final PeakGrid grid = new PeakGrid(
            new TrainedPeaks(Path.of(System.getProperty("bench.rows", "target/range-test-benchmark.csv"))),
            seeds,
            Instant.now()
                    .plus(Duration.ofMinutes(
                            Long.getLong("bench.minutes", Duration.ofDays(1).toMinutes()))));
    private final Map<String, Table> tables = new HashMap<>();

    /**
     * A range test beside the grid of what it serves.
     *
     * @param usualBatch whether the batch is the one that the planner would take
     * @param grid errors on unseen rows
     * @param validation errors by which the search ranks
     * @param share processor time of the test by that of the trial
     */
    private record Row(
            TrainedPeaks.Combination of,
            boolean usualBatch,
            RangeTest.Result test,
            PeakErrors grid,
            PeakErrors validation,
            double share) {}

    private static boolean isNear(double rate, PeakErrors grid) {
        double factor = rate / grid.best();
        return factor <= NEAR && factor >= 1 / NEAR;
    }

    /** A rule, the rate that it suggests in a row; the last one has seen the whole grid and tells what luck leaves to any. */
    private record Rule(String name, Function<Row, Optional<Double>> rate) {}

    private static final List<Rule> RULES = List.of(
            new Rule("valley", r -> suggestions(r).valley()),
            new Rule("slide", r -> suggestions(r).slide()),
            new Rule("minimum / 10", r -> suggestions(r).minimum()),
            new Rule("steepest", r -> suggestions(r).steepest()),
            new Rule("choice", r -> Optional.of(r.test().chosen().max())),
            new Rule("best on validation", r -> Optional.of(r.validation().best())));

    @Test
    void theChoiceIsNearTheBestOfAGrid(@TempDir Path work) throws Exception {
        List<String> sets = Optional.ofNullable(System.getProperty("bench.sets"))
                .map(asked -> List.of(asked.split(",")))
                .orElseGet(() ->
                        Stream.concat(CHOSEN_ON.stream(), PROVED_ON.stream()).toList());
        for (String set : sets) {
            tables.put(set, table(set, work.resolve(set)));
        }
        for (int seed : seeds) {
            for (Optimizer optimizer : OPTIMIZERS) {
                for (String set : sets) {
                    train(set, optimizer, seed);
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (String set : sets) {
            rows.addAll(rows(set));
        }
        summarise(rows);
    }

    private void train(String set, Optimizer optimizer, int seed) {
        for (NetworkConfiguration network : networks(tables.get(set), optimizer)) {
            grid.train(
                    new TrainedPeaks.Combination(set, optimizer, network.batchSize()), tables.get(set), network, seed);
        }
    }

    private List<Row> rows(String set) {
        Table table = tables.get(set);
        List<Row> rows = new ArrayList<>();
        for (Optimizer optimizer : OPTIMIZERS) {
            for (NetworkConfiguration network : networks(table, optimizer)) {
                TrainedPeaks.Combination of = new TrainedPeaks.Combination(set, optimizer, network.batchSize());
                for (int seed : grid.complete(of)) {
                    rows.add(row(table, network, of, seed));
                }
            }
        }
        return rows;
    }

    /** The test of a seed beside the grid of all. */
    private Row row(Table table, NetworkConfiguration network, TrainedPeaks.Combination of, int seed) {
        long start = cpuNanos();
        RangeTest.Result test = RangeTest.run(table, table.trainingRows(0), network, seed, () -> false);
        double seconds = (cpuNanos() - start) / NANOS;
        PeakErrors errors = grid.errors(of, TrainedPeaks.Trained::unseen);
        FirstLook look = firstLook(table, of.optimizer());
        double trial = look.folds() * grid.secondsPerFold(of, errors.best());
        boolean usualBatch = network.batchSize() == look.network().batchSize();
        Row row = new Row(
                of, usualBatch, test, errors, grid.errors(of, TrainedPeaks.Trained::validation), seconds / trial);
        System.out.printf(
                Locale.ROOT,
                "%s %s %d, seed %d: best %.2g, choice %.2g, %s, regret %.1f %%, %.1f %% of the trial%n",
                of.set(),
                of.optimizer(),
                of.batch(),
                seed,
                row.grid().best(),
                test.chosen().max(),
                test.suggestions(),
                100 * row.grid().regret(test.chosen().max()),
                100 * row.share());
        return row;
    }

    private static void summarise(List<Row> rows) {
        System.out.println("\n| of | "
                + String.join(" | ", RULES.stream().map(Rule::name).toList())
                + " | share of the trial, median and most |\n|---|" + "---|".repeat(RULES.size() + 1));
        for (Optimizer optimizer : OPTIMIZERS) {
            for (boolean usual : List.of(true, false)) {
                print(
                        optimizer.name().toLowerCase(Locale.ROOT) + (usual ? ", usual batch" : ", four times that"),
                        rows,
                        r -> r.of().optimizer() == optimizer && r.usualBatch() == usual);
            }
        }
        print("sets it was chosen on", rows, r -> CHOSEN_ON.contains(r.of().set()));
        print("sets it was proved on", rows, r -> PROVED_ON.contains(r.of().set()));
        print("all", rows, r -> true);
    }

    /**
     * How many rates are near the best on unseen rows (on validation rows), the median factor to the former, and what they
     * cost in error there in the median.
     */
    private static void print(String name, List<Row> all, Predicate<Row> which) {
        List<Row> rows = all.stream().filter(which).toList();
        if (rows.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder("| " + name + " |");
        for (Rule rule : RULES) {
            List<Row> told =
                    rows.stream().filter(r -> rule.rate().apply(r).isPresent()).toList();
            Function<Row, Double> rate = r -> rule.rate().apply(r).orElseThrow();
            line.append(String.format(
                    Locale.ROOT,
                    " %d (%d) of %d, %.2g x, %.1f %% |",
                    told.stream().filter(r -> isNear(rate.apply(r), r.grid())).count(),
                    told.stream()
                            .filter(r -> isNear(rate.apply(r), r.validation()))
                            .count(),
                    rows.size(),
                    median(told, r -> rate.apply(r) / r.grid().best()),
                    100 * median(told, r -> r.grid().regret(rate.apply(r)))));
        }
        System.out.printf(
                Locale.ROOT,
                "%s %.1f %%, %.1f %% |%n",
                line,
                100 * median(rows, Row::share),
                100 * rows.stream().mapToDouble(Row::share).max().orElseThrow());
    }

    private static double median(List<Row> rows, Function<Row, Double> value) {
        double[] sorted = rows.stream().mapToDouble(value::apply).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** The plain network at its usual batch and at four times that, if an epoch still has its four steps. */
    private static List<NetworkConfiguration> networks(Table table, Optimizer optimizer) {
        NetworkConfiguration usual = firstLook(table, optimizer).network();
        int four = 4 * usual.batchSize();
        return table.trainingRows(0).length < 4 * four
                ? List.of(usual)
                : List.of(usual, usual.but().batchSize(four).build());
    }

    private static FirstLook firstLook(Table table, Optimizer optimizer) {
        int rows = table.trainingRows(0).length + table.rowsOf(0).length;
        return FirstLook.of(Announced.of(table, rows, settings(Optional.empty())), optimizer);
    }

    /** Both parts of the fixed folds as one table, or 3,000 rows of it. */
    private Table table(String set, Path folder) throws IOException, InterruptedException {
        FixedFolds.Split split = folds.cut(set, folder);
        List<String> lines = Files.readAllLines(folder.resolve("train.csv"));
        List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
        List<String> more = Files.readAllLines(folder.resolve("test.csv"));
        rows.addAll(more.subList(1, more.size()));
        Collections.shuffle(rows, new Random(0));
        List<String> cut = new ArrayList<>(lines.subList(0, 1));
        cut.addAll(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
        Path file = folder.resolve("rows.csv");
        Files.write(file, cut);
        Table table = TableOfFile.read(set, file, settings(Optional.of(split.target())));
        FixedFolds.delete(folder);
        return table;
    }

    private static Suggestions suggestions(Row row) {
        return row.test().suggestions();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** A run that counts trials, so that no budget cuts its epochs. */
    private static RunSettings settings(Optional<String> target) {
        RunSettings usual = RunSettings.ofBudget(Duration.ZERO);
        return new RunSettings(
                target,
                usual.task(),
                usual.metric(),
                Optional.empty(),
                Optional.of(1),
                usual.seed(),
                Optional.of(UNSEEN),
                usual.folds(),
                usual.timeColumn(),
                usual.families());
    }
}
