package io.millrace.e2e.bench;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.RunSettings;
import io.millrace.events.Suggestions;
import io.millrace.modelling.rangetest.RangeTest;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.FoldStore;
import io.millrace.modelling.trial.Learners;
import io.millrace.modelling.trial.TrialResult;
import io.millrace.modelling.trial.TrialSpec;
import io.millrace.modelling.trial.TrialTraining;
import io.millrace.modelling.trial.UnusableModelException;
import io.millrace.profiler.TableOfFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How near the range test's choice comes to the best peak of a grid of twelve, each 2.15 times the one before: {@code
 * ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=RangeTestBenchmark}. A 64-64 network, one-cycle, ten epochs on two folds
 * of at most 2,000 rows. The grid's error is smoothed over neighbours (1-2-1), because two folds rank twins by luck.
 */
class RangeTestBenchmark {
    private static final int ROWS = 2000;
    private static final int EPOCHS = 10;
    private static final int GRID = 12;
    private static final double STEP = Math.pow(10, 1.0 / 3);
    private static final double NEAR = 3;
    private static final List<Integer> FOLDS = List.of(0, 1);
    private static final List<Integer> BATCHES = List.of(64, 256);
    private static final List<Optimizer> OPTIMIZERS =
            List.of(Optimizer.ADAM, Optimizer.ADAMW, Optimizer.NESTEROV, Optimizer.RMSPROP);
    private static final List<String> SETS = List.of(
            "abalone:Rings",
            "adult:income",
            "breast_cancer:target",
            "california_housing:median_house_value",
            "credit_g:class",
            "digits:target",
            "students_dropout:Target",
            "titanic:Survived");

    private final TrialTraining training = new TrialTraining(Learners.standard());
    private final Path data = Path.of(System.getProperty("bench.shared", "../shared"), "data");

    /** What the rules suggested, what was chosen, and the best of the grid. */
    private record Row(String set, NetworkConfiguration network, RangeTest.Result test, double best, double regret) {}

    /** A rule, the rate that it suggests in a row. */
    private record Rule(String name, Function<Row, Optional<Double>> rate) {}

    private static final List<Rule> RULES = List.of(
            new Rule("valley", r -> suggestions(r).valley()),
            new Rule("slide", r -> suggestions(r).slide()),
            new Rule("minimum / 10", r -> suggestions(r).minimum()),
            new Rule("steepest", r -> suggestions(r).steepest()),
            new Rule("choice", r -> Optional.of(r.test().chosen().max())));

    @Test
    void theChoiceIsNearTheBestOfAGrid() {
        List<Row> rows =
                SETS.parallelStream().flatMap(set -> rows(set).stream()).toList();
        System.out.println("\n| optimizer | batch | "
                + String.join(" | ", RULES.stream().map(Rule::name).toList())
                + " | regret of the choice |\n|---|---|" + "---|".repeat(RULES.size() + 1));
        for (Optimizer optimizer : OPTIMIZERS) {
            for (int batch : BATCHES) {
                print(
                        optimizer.name().toLowerCase(Locale.ROOT) + " | " + batch,
                        rows,
                        r -> r.network().optimizer() == optimizer && r.network().batchSize() == batch);
            }
        }
        print("all | ", rows, r -> true);
    }

    private static void print(String name, List<Row> all, Predicate<Row> which) {
        List<Row> rows = all.stream().filter(which).toList();
        StringBuilder line = new StringBuilder("| " + name + " |");
        for (Rule rule : RULES) {
            double[] factors = rows.stream()
                    .filter(r -> rule.rate().apply(r).isPresent())
                    .mapToDouble(r -> rule.rate().apply(r).orElseThrow() / r.best())
                    .sorted()
                    .toArray();
            long near = Arrays.stream(factors)
                    .filter(f -> f <= NEAR && f >= 1 / NEAR)
                    .count();
            line.append(
                    String.format(Locale.ROOT, " %d of %d, %.2g x |", near, rows.size(), factors[factors.length / 2]));
        }
        double[] regrets = rows.stream().mapToDouble(Row::regret).sorted().toArray();
        System.out.printf(Locale.ROOT, "%s %.1f %% |%n", line, 100 * regrets[regrets.length / 2]);
    }

    private List<Row> rows(String set) {
        String[] parts = set.split(":");
        Table table = TableOfFile.read(parts[0], data.resolve(parts[0] + ".csv"), settings(parts[1]));
        List<Row> rows = new ArrayList<>();
        for (Optimizer optimizer : OPTIMIZERS) {
            for (int batch : BATCHES) {
                NetworkConfiguration network = new NetworkConfiguration(
                        "mlp", List.of(64, 64), Activation.RELU, 8, 0, 1e-2, 0, optimizer, batch, EPOCHS, EPOCHS);
                Row row = row(parts[0], table, network);
                System.out.printf(
                        Locale.ROOT,
                        "%s %s %d: best %.2g, choice %.2g, %s, regret %.1f %%%n",
                        row.set(),
                        optimizer,
                        batch,
                        row.best(),
                        row.test().chosen().max(),
                        suggestions(row),
                        100 * row.regret());
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row(String set, Table table, NetworkConfiguration network) {
        RangeTest.Result test = RangeTest.run(table, table.trainingRows(0), network, 1, () -> false);
        double lowest = network.optimizer() == Optimizer.NESTEROV ? 1e-3 : 1e-4;
        double[] grid = IntStream.range(0, GRID)
                .mapToDouble(i -> lowest * Math.pow(STEP, i))
                .toArray();
        double[] errors =
                Arrays.stream(grid).map(peak -> error(table, network, peak)).toArray();
        int best = IntStream.range(0, GRID)
                .boxed()
                .min(Comparator.comparingDouble(i -> smoothed(errors, i)))
                .orElseThrow();
        double chosen = error(table, network, test.chosen().max());
        double least = Arrays.stream(errors).min().orElseThrow();
        return new Row(set, network, test, grid[best], chosen / least - 1);
    }

    private static double smoothed(double[] errors, int i) {
        return (errors[Math.max(0, i - 1)] + 2 * errors[i] + errors[Math.min(errors.length - 1, i + 1)]) / 4;
    }

    /** Very large where a network diverges. */
    private double error(Table table, NetworkConfiguration network, double peak) {
        Metric metric = table.profile().task() == Task.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
        TrialSpec spec = new TrialSpec(
                network, Optional.of(new LearningRateRange(peak / 4, peak)), FOLDS, Optional.of(ROWS), metric, 1);
        Truth truth = new Truth(table.profile(), table.target(), NoisyLabels.folds(table));
        try {
            TrialResult result = training.train(
                    table, spec, TrialResult.none(table), TrialTraining.Interrupts.none(), FoldStore.none());
            OutOfFold rows = OutOfFold.of(truth, result.predictions(), FOLDS);
            return Scoring.score(metric, rows.target(), rows.predictions());
        } catch (UnusableModelException e) {
            return Double.MAX_VALUE / 8;
        }
    }

    private static Suggestions suggestions(Row row) {
        return row.test().suggestions();
    }

    private static RunSettings settings(String target) {
        RunSettings usual = RunSettings.ofBudget(Duration.ofMinutes(1));
        return new RunSettings(
                Optional.of(target),
                usual.task(),
                usual.metric(),
                usual.budget(),
                usual.trials(),
                usual.seed(),
                usual.holdout(),
                Optional.of(5),
                usual.timeColumn(),
                Optional.empty());
    }
}
