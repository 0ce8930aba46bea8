package io.millrace.modelling.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.NumberForm;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.encode.TargetMeans;
import io.millrace.modelling.ensemble.EnsembleSelection;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trees.TableBuilder;
import io.millrace.modelling.trial.TrialTraining.Interrupts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Targets that cannot be predicted must not seem to be, on rows that no training and no selection has seen. */
class LeakageTest {
    private static final int ROWS = 1_500;
    private static final int LEVELS = 300;
    private static final List<Configuration> FAMILIES = List.of(
            new TreesConfiguration("boosting", 60, 0.1, 6, 0, 1, 0.8, 0.8, 1, 0, 64, 10),
            new TreesConfiguration("forest", 30, 1, 14, 0, 2, .63, .6, 0.1, 0, 64, 1),
            new NetworkConfiguration("linear", List.of(), Activation.RELU, 8, 0, .01, 0, Optimizer.ADAMW, 32, 10, 4),
            new NeighboursConfiguration(8_192, 100, 64, .1, .6, 3, 60),
            new GaussianConfiguration(NumberForm.BOTH, 100, 1_000),
            new NetworkConfiguration(
                    "realmlp", List.of(32, 32), Activation.MISH, 8, .15, .02, 0, Optimizer.ADAMW, 64, 10, 6),
            new NetworkConfiguration(
                    "boosted", List.of(32), Activation.RELU, 8, .1, .01, 0, Optimizer.ADAMW, 64, 16, 4));

    private final SplittableRandom random = new SplittableRandom(11);

    /** Every third row is held out, the others are in folds 0 to 2. */
    private static int[] folds() {
        return IntStream.range(0, ROWS)
                .map(r -> r % 3 == 0 ? DatasetProfile.HOLDOUT : r / 3 % 3)
                .toArray();
    }

    /** A target of chance, a number of chance, and a category with few rows per level, whose levels could be learned by heart. */
    private Table ofChance() {
        double[] target = random.ints(ROWS, 0, 2).asDoubleStream().toArray();
        int[] codes = random.ints(ROWS, 0, LEVELS).toArray();
        double[] number = random.doubles(ROWS).toArray();
        List<String> levels =
                IntStream.range(0, LEVELS).mapToObj(l -> "level " + l).toList();
        return new TableBuilder()
                .numbers("number", number)
                .categories("category", levels, codes)
                .build(Task.BINARY, List.of("a", "b"), 3, folds(), target);
    }

    private static int[] trainingRows(Table table) {
        return IntStream.range(0, ROWS)
                .filter(r -> table.folds()[r] != DatasetProfile.HOLDOUT)
                .toArray();
    }

    private static TrialResult train(Table table, Configuration configuration) {
        return train(table, configuration, new LearningRateRange(.005, .02));
    }

    private static TrialResult train(Table table, Configuration configuration, LearningRateRange range) {
        Optional<LearningRateRange> rate =
                configuration instanceof NetworkConfiguration ? Optional.of(range) : Optional.empty();
        TrialSpec spec = new TrialSpec(
                configuration,
                rate,
                List.of(0, 1, 2),
                Optional.empty(),
                Bagging.none(),
                Metric.LOG_LOSS,
                3,
                Optional.empty(),
                Optional.empty());
        return new TrialTraining(Learners.standard())
                .train(table, spec, TrialResult.none(table), Interrupts.none(), FoldStore.none());
    }

    private static double holdoutLoss(Table table) {
        List<Matrix> outOfFold = new ArrayList<>();
        List<Matrix> heldOut = new ArrayList<>();
        int[] training = trainingRows(table);
        int[] held = table.rowsOf(DatasetProfile.HOLDOUT);
        for (Configuration configuration : FAMILIES) {
            TrialResult result = train(table, configuration);
            outOfFold.add(result.predictions().select(training));
            heldOut.add(mean(table, held, result));
        }
        EnsembleSelection selection = EnsembleSelection.of(
                Metric.LOG_LOSS, OutOfFold.pick(table.target(), training), outOfFold, Optional.empty(), 1, () -> false);
        Matrix ensemble = Matrix.filled(held.length, 2, 0);
        for (int j = 0; j < heldOut.size(); j++) {
            for (int i = 0; i < ensemble.values().length; i++) {
                ensemble.values()[i] +=
                        (float) (selection.weights()[j] * heldOut.get(j).values()[i]);
            }
        }
        return Scoring.score(Metric.LOG_LOSS, OutOfFold.pick(table.target(), held), ensemble);
    }

    private static Matrix mean(Table table, int[] rows, TrialResult result) {
        Matrix mean = Matrix.filled(rows.length, 2, 0);
        for (int fold : result.folds()) {
            try (FittedModel model = Learners.standard()
                    .read(PartsArchive.under("fold-" + fold + "/", result.models()), table.profile())) {
                float[] predicted = model.predict(table, rows).values();
                for (int i = 0; i < predicted.length; i++) {
                    mean.values()[i] += predicted[i] / result.folds().size();
                }
            }
        }
        return mean;
    }

    @Test
    void anEnsembleOnATargetOfChanceDoesNotBeatTheDummy() {
        Table table = ofChance();

        // the dummy's loss is ln 2; 500 rows make a lucky difference of a hundredth
        assertThat(holdoutLoss(table)).isBetween(Math.log(2) - 0.01, Math.log(2) + 0.1);
    }

    @Test
    void outOfFoldPredictionsOfChanceAreNoBetterThanTheDummyEither() {
        Table table = ofChance();
        int[] training = trainingRows(table);
        for (Configuration configuration : FAMILIES) {
            TrialResult result = train(table, configuration);
            double loss = Scoring.score(
                    Metric.LOG_LOSS,
                    OutOfFold.pick(table.target(), training),
                    result.predictions().select(training));
            assertThat(loss).as(configuration.family()).isGreaterThan(Math.log(2) - 0.005);
        }
    }

    /** Each fold's best epoch of many is luck on its rows, and would seem to predict chance. */
    @Test
    void aFoldOfFewRowsIsNotFlatteredByTheEpochThatItChose() {
        Map<String, Double> losses = new TreeMap<>();
        for (int set = 0; set < 12; set++) {
            double[] target = random.ints(160, 0, 2).asDoubleStream().toArray();
            Table table = new TableBuilder()
                    .numbers("a", random.doubles(160).toArray())
                    .numbers("b", random.doubles(160).toArray())
                    .build(Task.BINARY, List.of("a", "b"), 3, target);
            for (Configuration configuration : FAMILIES) {
                double loss = Scoring.score(
                        Metric.LOG_LOSS, target, train(table, configuration).predictions());
                losses.merge(configuration.family(), loss / 12, Double::sum);
            }
        }
        assertThat(losses).allSatisfy((family, loss) -> assertThat(loss).isGreaterThan(Math.log(2)));
    }

    /**
     * Levels that do differ, so that their statistics are kept, with two rows or three each: a training row that were told the
     * mean of its level would be told its own target.
     */
    @Test
    void aNetworkIsNotToldTheTargetsOfItsTrainingRowsByTheStatisticsOfTheirLevels() {
        int[] codes = random.ints(ROWS, 0, LEVELS).toArray();
        double[] target = IntStream.range(0, ROWS)
                .mapToDouble(r -> random.nextDouble() < (codes[r] % 2 == 0 ? 0.75 : 0.25) ? 1 : 0)
                .toArray();
        List<String> levels =
                IntStream.range(0, LEVELS).mapToObj(l -> "level " + l).toList();
        Table table = new TableBuilder()
                .categories("category", levels, codes)
                .build(Task.BINARY, List.of("a", "b"), 3, folds(), target);
        assertThat(TargetMeans.fit(table, 0, table.trainingRows(0))).isPresent();

        // small batches: in so many steps a weight of the statistics moves much farther than the embedding of a rare
        // level
        NetworkConfiguration linear =
                new NetworkConfiguration("linear", List.of(), Activation.RELU, 1, 0, 0, 0, Optimizer.ADAMW, 4, 4, 4);
        TrialResult result = train(table, linear, new LearningRateRange(.0005, .003));

        for (LearningCurve curve : result.curves().values()) {
            Point last = curve.points().get(curve.points().size() - 1);
            assertThat(last.trainingLoss()).isGreaterThan(last.validationLoss() - 0.05);
        }
    }
}
