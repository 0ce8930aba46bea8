package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RegressionLoss;
import io.millrace.dataset.Metric;
import io.millrace.events.StopRule;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.layer.FrontPlan;
import io.millrace.modelling.layer.Softmax;
import io.millrace.modelling.learn.Learner.Fitted;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.learn.StopCheck;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Boosted networks beyond what {@link FamiliesTest} asks of every family. */
class StagesTest {
    private static final double RATE = 0.02;

    private static NetworkConfiguration stages(int stages, int epochs) {
        return new NetworkConfiguration(
                        NetworkConfiguration.BOOSTED,
                        List.of(16),
                        Activation.RELU,
                        4,
                        0.05,
                        1e-3,
                        0,
                        Optimizer.ADAMW,
                        32,
                        epochs,
                        1000)
                .but()
                .members(stages)
                .build();
    }

    private static Fitted fit(TrainingJob job) {
        return new NetworkLearner().fit(job, () -> false);
    }

    private static LearningCurve curve(TrainingJob job) {
        Fitted fitted = fit(job);
        fitted.model().close();
        return fitted.curve();
    }

    private static Matrix predictions(TrainingJob job) {
        try (var model = fit(job).model()) {
            return model.predict(job.table(), job.validation());
        }
    }

    /** Three classes by the size of x + z. */
    private static Table threeClasses() {
        Table plain = ToyJobs.features().regression(new double[ToyJobs.ROWS]);
        double[] target = IntStream.range(0, ToyJobs.ROWS)
                .mapToDouble(r -> {
                    double sum = Math.abs(plain.numbers(0)[r]) + Math.abs(plain.numbers(0)[r] - 0.3);
                    return sum < 0.5 ? 0 : sum < 1 ? 1 : 2;
                })
                .toArray();
        return ToyJobs.features().classification(List.of("low", "middle", "high"), target);
    }

    @Test
    void numbersAreLearntInTheirOwnUnits() {
        TrainingJob job = ToyJobs.job(ToyJobs.numbers(), stages(8, 80), RATE);

        double[] truth = TargetCoding.of(job.table(), job.validation());
        assertThat(Scoring.score(Metric.R2, truth, predictions(job))).isGreaterThan(0.95);
    }

    @Test
    void severalClassesAreLearnt() {
        TrainingJob job = ToyJobs.job(threeClasses(), stages(8, 80), RATE);

        double[] truth = TargetCoding.of(job.table(), job.validation());
        assertThat(Scoring.score(Metric.ACCURACY, truth, predictions(job))).isGreaterThan(0.85);
    }

    @Test
    void aSingleStageIsTheNetworkTrainedAlone() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), stages(1, 12), RATE);

        LearningCurve boosted = curve(job);

        LearningCurve alone = alone(job);
        Point best = alone.kept();
        assertThat(boosted.points()).hasSize(1);
        assertThat(boosted.points().get(0).step()).isEqualTo(12);
        assertThat(boosted.points().get(0).validationLoss()).isEqualTo(best.validationLoss());
        assertThat(boosted.points().get(0).validationError()).isEqualTo(best.validationError());
        assertThat(boosted.points().get(0).gradient()).isEqualTo(best.gradient());
    }

    /** A network of the shape of a stage in the usual training loop. */
    private static LearningCurve alone(TrainingJob job) {
        NetworkConfiguration configuration = (NetworkConfiguration) job.configuration();
        NetworkEncoder encoder = NetworkEncoder.fit(job.table(), job.training());
        TargetCoding target = TargetCoding.fit(job.table(), job.training());
        Encoded rows = encoder.encodeTraining(job.table(), job.training());
        double[] targets = TargetCoding.of(job.table(), job.training());
        try (MiniBatches batches = new MiniBatches(
                        rows, target.encode(targets), RowWeights.of(configuration, target, targets), 32, job.seed());
                Network network = new Network(
                        Architecture.of(configuration, encoder, target, rows), batches.size(), job.seed())) {
            batches.shuffle();
            TrainingRules rules = Recipe.rules(
                    configuration,
                    job.learningRate().orElseThrow(),
                    batches.perEpoch() * configuration.epochs(),
                    job.seed());
            ValidationRows validation = ValidationRows.of(job, configuration, encoder, target);
            return new Epochs(network, rules, batches, validation, configuration)
                    .run(() -> false, StopCheck.of(job), Leg.WHOLE);
        }
    }

    @Test
    void moreStagesTakeMoreOfTheTrainingLossAway() {
        for (Table table : List.of(ToyJobs.numbers(), ToyJobs.classes(), threeClasses())) {
            List<Point> points = curve(ToyJobs.job(table, stages(6, 60), RATE)).points();

            assertThat(points).extracting(Point::step).containsExactly(10, 20, 30, 40, 50, 60);
            assertThat(points.get(5).trainingLoss())
                    .isLessThan(0.7 * points.get(0).trainingLoss());
        }
    }

    /** What the curve says of the best stage is what the model does. */
    @Test
    void theCurveIsOfTheModelThatIsKept() {
        for (Table table : List.of(ToyJobs.numbers(), threeClasses())) {
            TrainingJob job = ToyJobs.job(table, stages(4, 20), RATE);
            LearningCurve curve = curve(job);

            double[] truth = TargetCoding.of(job.table(), job.validation());
            assertThat(job.metric().asError(Scoring.score(job.metric(), truth, predictions(job))))
                    .isEqualTo(curve.kept().validationError());
        }
    }

    @Test
    void aStepStartsFromWhatIsThereAlready() {
        for (NetworkConfiguration configuration : List.of(
                stages(2, 2),
                stages(2, 2).but().loss(RegressionLoss.HUBER).build(),
                stages(2, 2).but().loss(RegressionLoss.QUANTILE).quantile(0.3).build())) {
            for (int outputs : new int[] {1, 3}) {
                assertGradientIsThatAtTheSum(configuration, outputs);
            }
        }
    }

    /** A linear stage starts as 0, so that a step of SGD at rate 1 leaves its biases at the derivatives of the loss, negative. */
    private static void assertGradientIsThatAtTheSum(NetworkConfiguration of, int outputs) {
        boolean classes = outputs > 1;
        NetworkConfiguration configuration = of.but()
                .hidden(List.of())
                .optimizer(Optimizer.SGD)
                .dropout(0)
                .weightDecay(0)
                .build();
        Architecture shape = new Architecture(
                Recipe.BOOSTED,
                FrontPlan.plain(2),
                List.of(),
                Activation.RELU,
                false,
                0,
                outputs,
                classes,
                1,
                Normalisation.NONE);
        int rows = 8;
        Matrix starts = Matrix.filled(rows, outputs, 0);
        Matrix labels = Matrix.filled(rows, outputs, 0);
        float[] weights = new float[rows];
        for (int r = 0; r < rows; r++) {
            weights[r] = 1 + r % 3;
            for (int c = 0; c < outputs; c++) {
                starts.set(r, c, (float) Math.sin(3 * r + c));
                labels.set(r, c, classes ? (r % outputs == c ? 1 : 0) : (float) Math.cos(r));
            }
        }
        try (MiniBatches batches =
                        new MiniBatches(new Encoded(Matrix.filled(rows, 2, 0), new int[0], 0), labels, weights, 8, 1);
                Network network = new Network(shape, 8, 1)) {
            batches.startFrom(starts);
            double loss = batches.step(
                    network.training(Recipe.rules(configuration, new LearningRateRange(1, 1), 1, 1)
                            .withRate(Schedule.constant(1))),
                    0);

            assertThat(loss).isCloseTo(loss(configuration, starts, labels, weights, 0, 0), within(1e-5));
            float[] moved = network.weights();
            for (int c = 0; c < outputs; c++) {
                double up = loss(configuration, starts, labels, weights, c, 1e-3);
                double down = loss(configuration, starts, labels, weights, c, -1e-3);
                assertThat((double) moved[moved.length - outputs + c]).isCloseTo(-(up - down) / 2e-3, within(1e-3));
            }
        }
    }

    /** The weighted mean loss of the starts, of which one column is moved. */
    private static double loss(
            NetworkConfiguration configuration,
            Matrix starts,
            Matrix labels,
            float[] weights,
            int column,
            double moved) {
        double sum = 0;
        double total = 0;
        for (int r = 0; r < starts.rows(); r++) {
            int n = starts.columns();
            float[] outputs = Arrays.copyOfRange(starts.values(), r * n, (r + 1) * n);
            outputs[column] += (float) moved;
            total += weights[r];
            if (n == 1) {
                sum += weights[r] * Recipe.loss(configuration).of(outputs[0] - labels.get(r, 0));
            } else {
                Softmax.apply(outputs, 0, n);
                for (int c = 0; c < n; c++) {
                    sum -= weights[r] * labels.get(r, c) * Math.log(outputs[c]);
                }
            }
        }
        return sum / total;
    }

    @Test
    void theSameSeedGivesTheSameModelAndAnotherAnother() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), stages(3, 9), RATE);
        TrainingJob other = new TrainingJob(
                job.table(),
                job.training(),
                job.validation(),
                job.configuration(),
                job.learningRate(),
                job.metric(),
                8,
                Optional.empty(),
                Leg.WHOLE);

        assertThat(predictions(job)).isEqualTo(predictions(job));
        assertThat(predictions(job)).isNotEqualTo(predictions(other));
    }

    @Test
    void stagesAreKeptUpToTheBestAndPatienceCountsTheirEpochs() {
        Table noise = ToyJobs.features()
                .regression(new Random(5).doubles(ToyJobs.ROWS).toArray());
        TrainingJob job = ToyJobs.job(noise, stages(20, 200).but().patience(30).build(), 0.05);

        try (NetworkModel model = (NetworkModel) fit(job).model()) {
            LearningCurve curve = curve(job);
            int size = model.parts().get("parameters.f32").length / (curve.best() + 1);
            assertThat(curve.stoppedBy()).isEqualTo("patience");
            assertThat(curve.points()).hasSize(curve.best() + 1 + 3);
            TrainingJob one = ToyJobs.job(noise, stages(1, 10), 0.05);
            try (NetworkModel single = (NetworkModel) fit(one).model()) {
                assertThat(single.parts().get("parameters.f32")).hasSize(size);
            }
        }
    }

    @Test
    void timeThatRunsOutKeepsWhatIsThere() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), stages(8, 80), RATE);
        AtomicInteger steps = new AtomicInteger();

        Fitted fitted = new NetworkLearner().fit(job, () -> steps.incrementAndGet() >= 150);

        try (var model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("deadline");
            assertThat(steps).hasValue(150);
            assertThat(fitted.curve().points()).extracting(Point::step).containsExactly(10, 20);
            double[] truth = TargetCoding.of(job.table(), job.validation());
            assertThat(Scoring.score(Metric.AUC, truth, model.predict(job.table(), job.validation())))
                    .isGreaterThan(0.8);
        }
    }

    @Test
    void aRuleStopsAfterAStage() {
        TrainingJob job =
                ToyJobs.job(ToyJobs.classes(), stages(4, 8), RATE).under(new StopRule(0, 5, -2, List.of(1e-9)));

        assertThat(curve(job).stoppedByRule()).isTrue();
        assertThat(curve(job).points()).hasSizeLessThan(4);
    }

    @Test
    void itDoesNotPause() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), stages(4, 8), RATE);

        assertThat(curve(job.on(new Leg(Map.of(), Optional.of(3))))).isEqualTo(curve(job));
    }

    @Test
    void whatDivergesAtOncePredictsNothingInParticular() {
        TrainingJob job = ToyJobs.job(
                ToyJobs.numbers(), stages(4, 8).but().optimizer(Optimizer.SGD).build(), 1e30);

        try (NetworkModel model = (NetworkModel) fit(job).model();
                NetworkModel read = NetworkModel.read(model.parts(), job.table().profile())) {
            assertThat(curve(job).stoppedBy()).isEqualTo("diverged");
            Matrix predicted = read.predict(job.table(), job.validation());
            assertThat(predicted.values()).containsOnly(predicted.get(0, 0));
            assertThat((double) predicted.get(0, 0)).isBetween(900.0, 1100.0);
        }
    }

    @Test
    void aPartOfAStageIsRefused() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), stages(2, 2), RATE);
        try (NetworkModel model = (NetworkModel) fit(job).model()) {
            Map<String, byte[]> parts = PartsArchive.unpack(PartsArchive.pack(model.parts()));
            parts.put("parameters.f32", Arrays.copyOf(parts.get("parameters.f32"), 40));

            assertThatThrownBy(() -> NetworkModel.read(parts, job.table().profile()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("stages");
        }
    }
}
