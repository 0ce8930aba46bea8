package io.millrace.e2e.bench;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.evaluator.core.Evaluation;
import io.millrace.events.Diagnosis;
import io.millrace.events.RunSettings;
import io.millrace.events.Verdict;
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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Networks with planted problems, and what the diagnosis says of each: {@code ./mvnw -Pbench verify -pl e2e-tests -am
 * -Dit.test=DiagnosisBenchmark}; {@code -Dbench.seeds=N} for fewer than five. Prints a confusion table and, with
 * {@code -Dbench.evidence=true}, the numbers of every trial.
 */
class DiagnosisBenchmark {
    private static final int BATCH = 64;
    private static final int EPOCHS = 30;
    private static final int PATIENCE = 8;
    private static final List<Integer> FOLDS = List.of(0, 1, 2);

    private final TrialTraining training = new TrialTraining(Learners.standard());
    private final Path data = Path.of(System.getProperty("bench.shared", "../shared"), "data");

    /** A data set and, where it is large, the rows that a fold trains on. */
    private record Source(String name, String target, Optional<Integer> rows) {}

    private static final List<Source> SOURCES = List.of(
            new Source("abalone", "Rings", Optional.empty()),
            new Source("digits", "target", Optional.empty()),
            new Source("adult", "income", Optional.of(8000)));

    /** A planted problem: what is wrong, and which verdicts are right. */
    private enum Planted {
        RATE_100_TIMES_TOO_SMALL,
        RATE_100_TIMES_TOO_LARGE,
        NET_FAR_TOO_SMALL,
        NET_FAR_TOO_LARGE_ON_200_ROWS,
        LABELS_WITH_30_PERCENT_NOISE,
        TOO_FEW_ROWS,
        HEALTHY;

        Set<Verdict> right() {
            return switch (this) {
                case RATE_100_TIMES_TOO_SMALL, RATE_100_TIMES_TOO_LARGE, NET_FAR_TOO_SMALL ->
                    Set.of(Verdict.OPTIMIZATION);
                case NET_FAR_TOO_LARGE_ON_200_ROWS, LABELS_WITH_30_PERCENT_NOISE -> Set.of(Verdict.GENERALIZATION);
                case TOO_FEW_ROWS -> Set.of(Verdict.GENERALIZATION, Verdict.VARIANCE);
                case HEALTHY -> Set.of(Verdict.HEALTHY);
            };
        }

        NetworkConfiguration network() {
            return switch (this) {
                case NET_FAR_TOO_SMALL -> mlp(List.of(1), 0, 0);
                case NET_FAR_TOO_LARGE_ON_200_ROWS -> mlp(List.of(512, 512, 512), 0, 0);
                default -> mlp(List.of(32, 32), 0.25, 1e-2);
            };
        }

        Optional<Integer> rows(Source source) {
            return switch (this) {
                case NET_FAR_TOO_LARGE_ON_200_ROWS -> Optional.of(200);
                case TOO_FEW_ROWS -> Optional.of(60);
                default -> source.rows();
            };
        }

        double rateFactor() {
            return switch (this) {
                case RATE_100_TIMES_TOO_SMALL -> 0.01;
                case RATE_100_TIMES_TOO_LARGE -> 100;
                default -> 1;
            };
        }

        Table table(Table table, long seed) {
            return this == LABELS_WITH_30_PERCENT_NOISE ? noisy(table, seed) : table;
        }
    }

    @Test
    void plantedProblemsAreFound() {
        int seeds = Integer.getInteger("bench.seeds", 5);
        Map<Planted, Map<Verdict, Integer>> counts = new EnumMap<>(Planted.class);
        for (Source source : SOURCES) {
            Table table =
                    TableOfFile.read(source.name(), data.resolve(source.name() + ".csv"), settings(source.target()));
            for (long seed = 0; seed < seeds; seed++) {
                for (Planted planted : Planted.values()) {
                    Verdict verdict = verdict(source, table, planted, seed);
                    counts.computeIfAbsent(planted, p -> new EnumMap<>(Verdict.class))
                            .merge(verdict, 1, Integer::sum);
                }
            }
        }
        print(counts);
    }

    private Verdict verdict(Source source, Table clean, Planted planted, long seed) {
        Table table = planted.table(clean, seed);
        NetworkConfiguration network = planted.network();
        LearningRateRange found = RangeTest.run(table, table.trainingRows(0), network, seed, () -> false)
                .chosen();
        LearningRateRange rate =
                new LearningRateRange(found.base() * planted.rateFactor(), found.max() * planted.rateFactor());
        Metric metric = table.profile().task() == Task.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
        TrialSpec spec = new TrialSpec(network, Optional.of(rate), FOLDS, planted.rows(source), metric, seed);
        try {
            TrialResult result = training.train(
                    table, spec, TrialResult.none(table), TrialTraining.Interrupts.none(), FoldStore.none());
            Diagnosis diagnosis = Evaluation.of(
                            truth(table),
                            result.predictions(),
                            FOLDS,
                            result.curves().values(),
                            metric,
                            Optional.of(yardstick(source, planted, table, metric, seed)),
                            seed)
                    .diagnosis();
            if (Boolean.getBoolean("bench.evidence")) {
                System.out.println(String.join(
                        " ", source.name(), planted.name(), diagnosis.verdict().name(), evidence(diagnosis)));
            }
            return diagnosis.verdict();
        } catch (UnusableModelException e) {
            // Such a trial fails, and says that its training diverged.
            return Verdict.OPTIMIZATION;
        }
    }

    /** What boosted trees reach on the same rows, as the first trial of a run does. */
    private double yardstick(Source source, Planted planted, Table table, Metric metric, long seed) {
        TreesConfiguration boosting = new TreesConfiguration("boosting", 750, .08, 6, 0, 2, .9, .8, 1, 0, 128, 31);
        TrialSpec spec = new TrialSpec(boosting, Optional.empty(), FOLDS, planted.rows(source), metric, seed);
        TrialResult result =
                training.train(table, spec, TrialResult.none(table), TrialTraining.Interrupts.none(), FoldStore.none());
        OutOfFold rows = OutOfFold.of(truth(table), result.predictions(), FOLDS);
        return Scoring.score(metric, rows.target(), rows.predictions());
    }

    private static String evidence(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(diagnosis.evidence())
                .forEach((name, value) -> text.append(String.format(Locale.ROOT, "%s=%.3f ", name, value)));
        return text.toString();
    }

    private static void print(Map<Planted, Map<Verdict, Integer>> counts) {
        StringBuilder header = new StringBuilder("| planted |");
        StringBuilder line = new StringBuilder("|---|");
        for (Verdict verdict : Verdict.values()) {
            header.append(' ').append(name(verdict)).append(" |");
            line.append("---|");
        }
        System.out.println(header + " right |\n" + line + "---|");
        int right = 0;
        int all = 0;
        for (Planted planted : Planted.values()) {
            StringBuilder row = new StringBuilder("| " + name(planted) + " |");
            int rightHere = 0;
            for (Verdict verdict : Verdict.values()) {
                int n = counts.get(planted).getOrDefault(verdict, 0);
                rightHere += planted.right().contains(verdict) ? n : 0;
                all += n;
                row.append(' ').append(n == 0 ? "" : n).append(" |");
            }
            right += rightHere;
            System.out.println(row + " " + rightHere + " |");
        }
        System.out.printf(Locale.ROOT, "%nRight: %d of %d (%.0f %%)%n", right, all, 100.0 * right / all);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static NetworkConfiguration mlp(List<Integer> hidden, double dropout, double weightDecay) {
        return new NetworkConfiguration(
                "mlp", hidden, Activation.RELU, 8, dropout, weightDecay, 0, Optimizer.ADAMW, BATCH, EPOCHS, PATIENCE);
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

    private static Truth truth(Table table) {
        return new Truth(table.profile(), table.target(), folds(table));
    }

    private static int[] folds(Table table) {
        int[] folds = new int[table.rows()];
        Arrays.fill(folds, DatasetProfile.HOLDOUT);
        for (int fold = 0; fold < table.profile().folds(); fold++) {
            for (int row : table.rowsOf(fold)) {
                folds[row] = fold;
            }
        }
        return folds;
    }

    /** Thirty of a hundred targets are those of other rows. */
    private static Table noisy(Table table, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] target = table.target().clone();
        for (int row = 0; row < target.length; row++) {
            if (random.nextDouble() < 0.3) {
                target[row] = table.target()[random.nextInt(target.length)];
            }
        }
        return new Table(table.profile(), table.rows(), features(table), target, folds(table));
    }

    private static List<Object> features(Table table) {
        return IntStream.range(0, table.profile().features().size())
                .<Object>mapToObj(f -> switch (table.profile().features().get(f).kind()) {
                    case CATEGORICAL -> table.codes(f);
                    case TEXT -> table.texts(f);
                    default -> table.numbers(f);
                })
                .toList();
    }
}
