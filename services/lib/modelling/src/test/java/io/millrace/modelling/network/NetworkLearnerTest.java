package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.Optimizer;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.Metric;
import io.millrace.events.StopRule;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.learn.FirstFold;
import io.millrace.modelling.learn.Learner.Fitted;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import io.millrace.modelling.trees.PairedNumbers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkLearnerTest {
    private final NetworkLearner learner = new NetworkLearner();

    private static NetworkConfiguration mlp(Optimizer optimizer, int epochs) {
        return new NetworkConfiguration(
                "mlp", List.of(32, 16), Activation.RELU, 4, 0.05, 1e-3, 0, optimizer, 32, epochs, 1000);
    }

    private Fitted fit(TrainingJob job) {
        return learner.fit(job, () -> false);
    }

    private float[] fittedValues(TrainingJob job) {
        Fitted fitted = fit(job);
        try (var model = fitted.model()) {
            return model.predict(job.table(), job.validation()).values();
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void everyOptimizerLearnsWhatNoLinearModelCan(Optimizer optimizer) {
        double rate =
                switch (optimizer) {
                    case NESTEROV -> 0.1;
                    case SGD -> 0.5;
                    case ADAGRAD -> 0.05;
                    default -> 0.01;
                };
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), mlp(optimizer, 60), rate);

        Fitted fitted = fit(job);

        try (var model = fitted.model()) {
            Matrix predictions = model.predict(job.table(), job.validation());
            double[] truth = TargetCoding.of(job.table(), job.validation());
            assertThat(Scoring.score(Metric.AUC, truth, predictions)).isGreaterThan(0.85);
            for (int r = 0; r < predictions.rows(); r++) {
                assertThat(predictions.get(r, 0) + predictions.get(r, 1)).isCloseTo(1, within(1e-5f));
            }
        }
        assertThat(fitted.curve().points()).hasSize(60);
        assertThat(fitted.curve().stoppedBy()).isEqualTo("completed");
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationLearnsANumberInItsOwnUnits(Activation activation) {
        NetworkConfiguration configuration =
                new NetworkConfiguration("mlp", List.of(32), activation, 4, 0, 0, 0, Optimizer.ADAM, 32, 40, 1000);
        TrainingJob job = ToyJobs.job(ToyJobs.numbers(), configuration, 0.02);

        Fitted fitted = fit(job);

        try (var model = fitted.model()) {
            Matrix predictions = model.predict(job.table(), job.validation());
            double[] truth = TargetCoding.of(job.table(), job.validation());
            assertThat(Scoring.score(Metric.R2, truth, predictions)).isGreaterThan(0.95);
            double best = fitted.curve().kept().validationError();
            assertThat(Scoring.score(Metric.RMSE, truth, predictions)).isCloseTo(best, within(1e-9));
        }
    }

    @Test
    void predictionsStayInTheRangeOfTheTrainingTargets() {
        Table table = new Tables()
                .with(
                        ColumnKind.NUMERIC,
                        IntStream.range(0, 101).asDoubleStream().toArray())
                .regression(IntStream.range(0, 101).asDoubleStream().toArray());
        NetworkConfiguration linear = new NetworkConfiguration(
                "linear", List.of(), Activation.RELU, 4, 0, 0, 0, Optimizer.ADAM, 16, 60, 1000);
        int[] low = IntStream.range(0, 50).toArray();
        TrainingJob job = FirstFold.job(table, linear, new LearningRateRange(0.02, 0.1), Metric.RMSE, 7)
                .on(low, low);

        float[] far;
        try (var model = fit(job).model()) {
            far = model.predict(table, new int[] {100}).values();
        }

        assertThat(far).containsExactly(49);
    }

    @Test
    void aLinearNetworkOnPairsKnowsProducts() {
        Table table = PairedNumbers.multiplied(800);
        NetworkConfiguration linear = new NetworkConfiguration(
                "linear", List.of(), Activation.RELU, 4, 0, 0, 0, Optimizer.ADAM, 32, 60, 1000);

        double alone = rmse(ToyJobs.job(table, linear, 0.02));
        double paired =
                rmse(ToyJobs.job(table, linear.but().pairs(Optional.of(2)).build(), 0.02));

        assertThat(paired).isLessThan(0.5 * alone);
    }

    private double rmse(TrainingJob job) {
        Fitted fitted = fit(job);
        try (var model = fitted.model();
                var again = NetworkModel.read(model.parts(), job.table().profile())) {
            Matrix predictions = model.predict(job.table(), job.validation());
            assertThat(again.predict(job.table(), job.validation()).values()).isEqualTo(predictions.values());
            return Scoring.score(Metric.RMSE, TargetCoding.of(job.table(), job.validation()), predictions);
        }
    }

    @Test
    void equalJobsGiveEqualModelsWhileAnotherThreadTrains() throws Exception {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAMW, 6), 0.01);
        float[] alone = fittedValues(job);
        AtomicBoolean done = new AtomicBoolean();
        Thread neighbour = new Thread(() -> {
            while (!done.get()) {
                fittedValues(ToyJobs.job(ToyJobs.numbers(), mlp(Optimizer.RMSPROP, 2), 0.003));
            }
        });
        neighbour.start();
        try {
            assertThat(fittedValues(job)).containsExactly(alone);
            assertThat(fittedValues(job)).containsExactly(alone);
        } finally {
            done.set(true);
            neighbour.join();
        }
    }

    @Test
    void aModelThatIsReadAgainPredictsTheSame() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAMW, 5), 0.01);
        Matrix predicted;
        Map<String, byte[]> parts;
        try (var model = fit(job).model()) {
            predicted = model.predict(job.table(), job.validation());
            parts = model.parts();
        }

        assertThat(parts.get("kind")).asString().isEqualTo("network");
        try (NetworkModel read = NetworkModel.read(parts, job.table().profile())) {
            assertThat(read.predict(job.table(), job.validation())).isEqualTo(predicted);
            assertThat(PartsArchive.pack(read.parts())).isEqualTo(PartsArchive.pack(parts));
        }
    }

    @Test
    void deeplearning4jReadsAPlainNetworkOfDenseColumns() throws IOException {
        Table table = new Tables()
                .with(
                        ColumnKind.NUMERIC,
                        new Random(3).doubles(ToyJobs.ROWS, -1, 1).toArray())
                .classification(
                        List.of("no", "yes"),
                        new Random(1).ints(ToyJobs.ROWS, 0, 2).asDoubleStream().toArray());
        TrainingJob job = ToyJobs.job(table, mlp(Optimizer.ADAM, 2), 0.01);
        try (NetworkModel model = (NetworkModel) fit(job).model();
                NetworkModel normalised = (NetworkModel) fit(ToyJobs.job(
                                table,
                                mlp(Optimizer.ADAM, 1)
                                        .but()
                                        .normalisation(Optional.of(Normalisation.LAYER))
                                        .build(),
                                0.01))
                        .model();
                NetworkModel embedding =
                        (NetworkModel) fit(ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAM, 1), 0.01))
                                .model()) {
            MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(
                    new ByteArrayInputStream(model.deeplearning4j().orElseThrow()));
            Matrix rows = NetworkEncoder.fit(table, job.training())
                    .encode(table, job.validation())
                    .dense();
            Matrix ours = model.predict(table, job.validation());
            try (INDArray theirs = read.output(Nd4j.create(rows.values(), new int[] {rows.rows(), rows.columns()}))) {
                assertThat(theirs.getFloat(3, 1)).isCloseTo(ours.get(3, 1), within(1e-4f));
            }
            assertThat(embedding.deeplearning4j()).isEmpty();
            assertThat(normalised.deeplearning4j()).isEmpty();
        }
    }

    @Test
    void aModelOfAnotherDataSetIsRefused() {
        Map<String, byte[]> parts;
        try (var model = fit(ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAM, 1), 0.01))
                .model()) {
            parts = model.parts();
        }

        assertThatThrownBy(() -> NetworkModel.read(parts, ToyJobs.numbers().profile()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 outputs, the data set 1");
        parts.remove("encoder.json");
        assertThatThrownBy(() -> NetworkModel.read(parts, ToyJobs.classes().profile()))
                .hasMessageContaining("no part encoder.json");
    }

    @Test
    void aFitThatDivergesKeepsItsBestEpoch() {
        Fitted fitted = fit(ToyJobs.job(ToyJobs.numbers(), mlp(Optimizer.NESTEROV, 20), 1e12));

        try (var model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("diverged");
            assertThat(fitted.curve().points()).isNotEmpty();
            for (float value :
                    model.predict(ToyJobs.numbers(), new int[] {0, 1, 2}).values()) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void stopEndsTheFitWithWhatThereIs() {
        Fitted fitted = learner.fit(ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAM, 1000), 0.01), () -> true);

        try (var model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("deadline");
            assertThat(fitted.curve().points()).hasSize(1);
            assertThat(model.predict(ToyJobs.classes(), new int[] {0}).get(0, 0))
                    .isBetween(0f, 1f);
        }
    }

    @Test
    void aRuleEndsAFitAtTheMarkWhereOthersWereBetterAndItsBestEpochIsRestored() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAM, 20), 0.01);
        StopRule rule = new StopRule(0, 5, -4, List.of(10.0, 10.0, 1e-9));

        Fitted fitted = fit(job.under(rule));

        try (var model = fitted.model()) {
            var curve = fitted.curve();
            assertThat(curve.stoppedBy()).isEqualTo("median");
            assertThat(curve.points()).as("mark -2 is at .71 of 20 epochs").hasSize(15);
            double[] truth = TargetCoding.of(job.table(), job.validation());
            assertThat(Scoring.score(Metric.LOG_LOSS, truth, model.predict(job.table(), job.validation())))
                    .isCloseTo(curve.kept().validationLoss(), within(1e-9));
        }
    }

    @Test
    void aRuleThatAFitIsAMatchForChangesNothing() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAM, 20), 0.01);
        StopRule onlyAtItsEnd = new StopRule(0, 5, -1, List.of(10.0, 1e-9));

        assertThat(fittedValues(job.under(onlyAtItsEnd))).isEqualTo(fittedValues(job));
    }

    @Test
    void patienceEndsAFitThatOnlyOverfitsAndItsBestEpochIsRestored() {
        Table table = ToyJobs.features()
                .classification(
                        List.of("no", "yes"),
                        new Random(1).ints(ToyJobs.ROWS, 0, 2).asDoubleStream().toArray());
        NetworkConfiguration eager =
                new NetworkConfiguration("mlp", List.of(64), Activation.RELU, 4, 0, 0, 0, Optimizer.ADAM, 32, 500, 5);
        TrainingJob job = ToyJobs.job(table, eager, 0.01);

        Fitted fitted = fit(job);

        try (var model = fitted.model()) {
            var curve = fitted.curve();
            assertThat(curve.stoppedBy()).isEqualTo("patience");
            assertThat(curve.points()).hasSize(curve.best() + 6);
            double[] truth = TargetCoding.of(table, job.validation());
            assertThat(Scoring.score(Metric.LOG_LOSS, truth, model.predict(table, job.validation())))
                    .isCloseTo(curve.kept().validationLoss(), within(1e-9));
        }
    }

    @Test
    void aSmoothedTrainingIsJudgedByTheLossThatValidationIsJudgedBy() {
        double[] target = Arrays.stream(
                        ToyJobs.features().regression(new double[ToyJobs.ROWS]).numbers(0))
                .map(x -> x > 0 ? 1 : 0)
                .toArray();
        Table table = ToyJobs.features().classification(List.of("no", "yes"), target);
        NetworkConfiguration smoothed = new NetworkConfiguration(
                "mlp", List.of(32), Activation.RELU, 4, 0, 0, 0.1, Optimizer.ADAM, 32, 100, 100);

        Fitted fitted = fit(ToyJobs.job(table, smoothed, 0.02));
        fitted.model().close();

        // what is known for sure is said with .95, which costs .05; against smoothed labels it would cost .2
        assertThat(fitted.curve().points().get(99).trainingLoss()).isBetween(0.03, 0.1);
    }

    @Test
    void aClassThatNoTrainingRowHasIsPredictedAsUnlikely() {
        double[] target = IntStream.range(0, ToyJobs.ROWS)
                .mapToDouble(r -> r % 5 == 0 ? 2 : r % 2)
                .toArray();
        Table table = ToyJobs.features().classification(List.of("a", "b", "c"), target);
        int[] training = IntStream.range(0, ToyJobs.ROWS).filter(r -> r % 5 > 1).toArray();
        TrainingJob job = FirstFold.job(table, mlp(Optimizer.ADAM, 40), Metric.LOG_LOSS, 7)
                .on(training, table.rowsOf(1));

        try (var model = fit(job).model()) {
            assertThat(model.predict(table, new int[] {0}).get(0, 2)).isBetween(0f, 0.3f);
        }
    }

    @Test
    void closedNetworksLeaveNoNativeMemoryBehind() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAMW, 1), 0.01);
        long before = Pointer.totalBytes();
        for (int i = 0; i < 100; i++) {
            fittedValues(job);
        }

        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
    }

    @Test
    void aFitThatRunsOutOfMemoryLeavesNoneBehind() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), mlp(Optimizer.ADAMW, 1), 0.01);
        OutOfMemoryError shortage = new OutOfMemoryError("there is none for another step");
        long before = Pointer.totalBytes();

        assertThatThrownBy(() -> learner.fit(job, () -> {
                    throw shortage;
                }))
                .isSameAs(shortage);

        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
    }

    @Test
    void aJobWithoutValidationRowsIsRefused() {
        Table table = ToyJobs.classes();
        TrainingJob job =
                FirstFold.job(table, mlp(Optimizer.ADAM, 1), Metric.LOG_LOSS, 7).on(new int[] {1}, new int[0]);

        assertThatThrownBy(() -> fit(job)).hasMessageContaining("0 validation rows");
    }
}
