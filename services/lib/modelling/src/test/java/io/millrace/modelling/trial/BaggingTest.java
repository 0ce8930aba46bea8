package io.millrace.modelling.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Bagging;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.StopRule;
import io.millrace.modelling.learn.FirstFold;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.network.NetworkLearner;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trees.TableBuilder;
import io.millrace.modelling.trees.TreesLearner;
import io.millrace.modelling.trial.TrialTraining.Interrupts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaggingTest {
    private static final int ROWS = 600;
    private static final TreesConfiguration BOOSTING =
            new TreesConfiguration("boosting", 40, 0.2, 4, 0, 1, 0.5, 0.5, 1, 0, 64, 10);

    private final Table table = noisy();

    private static Table noisy() {
        Random random = new Random(5);
        TableBuilder builder = new TableBuilder();
        double[] sum = new double[ROWS];
        for (int c = 0; c < 8; c++) {
            double[] numbers = random.doubles(ROWS, -1, 1).toArray();
            builder.numbers("n" + c, numbers);
            Arrays.setAll(sum, r -> sum[r] + numbers[r]);
        }
        double[] target = Arrays.stream(sum).map(s -> s + random.nextGaussian()).toArray();
        return builder.build(Task.REGRESSION, List.of(), 3, target);
    }

    private TrialResult train(Bagging bagging, Interrupts interrupts) {
        TrialSpec spec = new TrialSpec(
                BOOSTING,
                Optional.empty(),
                List.of(0, 1, 2),
                Optional.empty(),
                bagging,
                Metric.RMSE,
                9,
                Optional.empty(),
                Optional.empty());
        return new TrialTraining(Learners.standard())
                .train(table, spec, TrialResult.none(table), interrupts, FoldStore.none());
    }

    private TrialResult train(Bagging bagging) {
        return train(bagging, Interrupts.none());
    }

    private TrainingJob job() {
        return FirstFold.job(table, BOOSTING, Metric.RMSE, 4);
    }

    private double error(TrialResult result) {
        int[] rows = IntStream.range(0, ROWS).toArray();
        return Scoring.score(Metric.RMSE, table.target(), result.predictions().select(rows));
    }

    @Test
    void moreSeedsMakeASmallerError() {
        assertThat(error(train(new Bagging(6, false)))).isLessThan(error(train(Bagging.none())));
    }

    @Test
    void theModelsOfAFoldAreReadAgainAndPredictTheirMean() {
        TrialResult result = train(new Bagging(3, true));
        Map<String, byte[]> parts = PartsArchive.under("fold-1/", result.models());
        int[] rows = table.rowsOf(1);
        assertThat(parts).containsKeys("member-0/kind", "member-2/kind").doesNotContainKey("member-3/kind");
        assertThat(parts.get("member-0/booster-0.ubj")).isNotEqualTo(parts.get("member-1/booster-0.ubj"));
        double mean = 0;
        for (int m = 0; m < 3; m++) {
            try (FittedModel member =
                    Learners.standard().read(PartsArchive.under("member-" + m + "/", parts), table.profile())) {
                mean += member.predict(table, rows).get(5, 0) / 3.0;
            }
        }
        try (FittedModel bag = Learners.standard().read(parts, table.profile())) {
            Matrix predictions = bag.predict(table, rows);
            assertThat((double) predictions.get(5, 0)).isCloseTo(mean, within(1e-5));
            assertThat(predictions.get(5, 0)).isEqualTo(result.predictions().get(rows[5], 0));
        }
    }

    @Test
    void aRuleJudgesTheFirstModelAloneAndWhatItStopsRemainsOne() {
        List<Optional<StopRule>> rules = new ArrayList<>();
        Learner listening = (job, stop) -> {
            rules.add(job.stopRule());
            return new TreesLearner().fit(job, stop);
        };
        for (double bound : List.of(1e9, 1e-9)) {
            StopRule rule = new StopRule(0, 5, 0, List.of(bound));
            Learner.Fitted fitted =
                    new BaggedLearner(listening, new Bagging(3, false)).fit(job().under(rule), () -> false);
            fitted.model().close();
            assertThat(fitted.curve().stoppedByRule()).isEqualTo(bound < 1);
        }

        assertThat(rules).hasSize(3 + 1);
        assertThat(rules.get(0)).isPresent();
        assertThat(rules.subList(1, 3)).containsOnly(Optional.empty());
    }

    @Test
    void modelsOfOtherSeedsAreToldByTheirLosses() {
        LearningCurve one = train(Bagging.none()).curves().get(0);
        LearningCurve three = train(new Bagging(3, false)).curves().get(0);

        assertThat(one.seedLosses()).isEmpty();
        assertThat(three.seedLosses().orElseThrow())
                .hasSize(3)
                .doesNotHaveDuplicates()
                .startsWith(three.kept().validationLoss());
        assertThat(train(new Bagging(3, true)).curves().get(0).seedLosses()).isEmpty();
    }

    @Test
    void equalJobsGiveEqualBytes() {
        Map<String, byte[]> once = train(new Bagging(2, true)).models();
        Map<String, byte[]> again = train(new Bagging(2, true)).models();
        assertThat(again.keySet()).isEqualTo(once.keySet());
        once.forEach((name, part) -> assertThat(again.get(name)).as(name).isEqualTo(part));
    }

    @Test
    void aBootstrapBagIsStoppedByItsLeftOutRowsAndNeverSeesTheFold() {
        List<TrainingJob> jobs = new ArrayList<>();
        Learner listening = (job, stop) -> {
            jobs.add(job);
            return new TreesLearner().fit(job, stop);
        };
        TrainingJob whole = job();
        int[] training = whole.training();
        new BaggedLearner(listening, new Bagging(2, true))
                .fit(whole, () -> false)
                .model()
                .close();

        assertThat(jobs).hasSize(2);
        for (TrainingJob job : jobs) {
            List<Integer> drawn = IntStream.of(job.training()).boxed().toList();
            assertThat(job.training()).hasSameSizeAs(training).isSorted();
            assertThat((double) job.validation().length / training.length).isCloseTo(Math.exp(-1), within(0.06));
            assertThat(IntStream.of(job.validation()).boxed()).doesNotContainAnyElementsOf(drawn);
            assertThat(IntStream.concat(IntStream.of(job.training()), IntStream.of(job.validation())))
                    .allMatch(r -> table.folds()[r] != 0);
        }
        assertThat(jobs.get(0).training()).isNotEqualTo(jobs.get(1).training());
        assertThat(jobs.get(0).seed()).isNotEqualTo(jobs.get(1).seed());
    }

    /** A share of the rows, no two models the same; those of a bag that differ in nothing but their seeds, too. */
    @Test
    void aNetworkSeesTheShareOfTheRowsThatItsConfigurationAsksFor() {
        NetworkConfiguration half = new NetworkConfiguration(
                        "linear", List.of(), Activation.RELU, 4, 0, 0, 0, Optimizer.ADAMW, 64, 1, 1)
                .but()
                .rowSample(Optional.of(0.5))
                .build();
        TrainingJob whole = FirstFold.job(table, half, Metric.RMSE, 4);
        List<TrainingJob> jobs = new ArrayList<>();
        Learner listening = (job, stop) -> {
            jobs.add(job);
            return new NetworkLearner().fit(job, stop);
        };
        for (Bagging bagging : List.of(Bagging.none(), Bagging.none(), new Bagging(2, false), new Bagging(1, true))) {
            new BaggedLearner(listening, bagging)
                    .fit(whole, () -> false)
                    .model()
                    .close();
        }

        assertThat(jobs).hasSize(5).allSatisfy(job -> assertThat(job.training())
                .hasSize(whole.training().length / 2)
                .isSorted());
        assertThat(IntStream.of(jobs.get(0).training()).distinct().count())
                .isEqualTo(jobs.get(0).training().length);
        assertThat(jobs.get(1).training()).isEqualTo(jobs.get(0).training());
        assertThat(jobs.get(2).training()).isNotEqualTo(jobs.get(3).training());
        assertThat(jobs.get(2).validation()).isEqualTo(whole.validation());
        assertThat(IntStream.of(jobs.get(4).validation()).boxed())
                .doesNotContainAnyElementsOf(
                        IntStream.of(jobs.get(4).training()).boxed().toList());
    }

    private static TrainingJob boostedNetworks(Table table) {
        return FirstFold.job(
                table,
                new NetworkConfiguration(
                        NetworkConfiguration.BOOSTED,
                        List.of(4),
                        Activation.RELU,
                        4,
                        0,
                        0,
                        0,
                        Optimizer.ADAMW,
                        64,
                        6,
                        6),
                Metric.RMSE,
                4);
    }

    @Test
    void boostedNetworksChooseTheirStagesByRowsThatTheyLeftOutAndNotByTheFold() {
        TrainingJob whole = boostedNetworks(table);
        List<Integer> training = IntStream.of(whole.training()).boxed().toList();
        List<TrainingJob> jobs = new ArrayList<>();
        Learner listening = (job, stop) -> {
            jobs.add(job);
            return new NetworkLearner().fit(job, stop);
        };
        for (Bagging bagging : List.of(Bagging.none(), new Bagging(2, false))) {
            Learner.Fitted fitted = new BaggedLearner(listening, bagging).fit(whole, () -> false);
            fitted.model().close();
            assertThat(fitted.steps()).isEmpty();
            assertThat(fitted.curve().seedLosses()).isEmpty();
        }

        assertThat(jobs).hasSize(3).allSatisfy(job -> {
            assertThat(job.training()).hasSize(320).isSorted();
            assertThat(IntStream.concat(IntStream.of(job.training()), IntStream.of(job.validation()))
                            .boxed())
                    .containsExactlyInAnyOrderElementsOf(training);
        });
        assertThat(jobs.get(1).training()).isNotEqualTo(jobs.get(2).training());
    }

    @Test
    void whereTheFoldHasManyRowsBoostedNetworksLearnFromAllOthers() {
        int rows = 3 * 1_001;
        double[] numbers = new Random(5).doubles(rows).toArray();
        TrainingJob whole =
                boostedNetworks(new TableBuilder().numbers("n", numbers).build(Task.REGRESSION, List.of(), 3, numbers));
        List<TrainingJob> jobs = new ArrayList<>();
        Learner listening = (job, stop) -> {
            jobs.add(job);
            return new NetworkLearner().fit(job, stop);
        };
        new BaggedLearner(listening, Bagging.none())
                .fit(whole, () -> false)
                .model()
                .close();

        assertThat(jobs.get(0).training()).isEqualTo(whole.training());
        assertThat(jobs.get(0).validation()).isEqualTo(whole.validation());
    }

    @Test
    void aStopKeepsTheModelsThatAreComplete() {
        int[] asked = new int[1];
        // a model asks once per round, 40 rounds at most; the second is cut short
        TrialResult result = train(new Bagging(50, false), new Interrupts(() -> ++asked[0] > 70, () -> false));
        Map<String, byte[]> parts = PartsArchive.under("fold-0/", result.models());

        assertThat(result.folds()).containsExactly(0);
        assertThat(parts).containsKey("member-0/kind").doesNotContainKey("member-3/kind");
        assertThat(new String(parts.get("kind"), StandardCharsets.UTF_8)).isEqualTo("bag");
    }

    @Test
    void noModelIsNoBag() {
        assertThatThrownBy(() -> new Bagging(0, false)).isInstanceOf(IllegalArgumentException.class);
        Map<String, byte[]> empty = Map.of("kind", "bag".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Learners.standard().read(empty, table.profile()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without models");
    }
}
