package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.ClassWeights;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RegressionLoss;
import io.millrace.dataset.Metric;
import io.millrace.modelling.learn.FirstFold;
import io.millrace.modelling.learn.Learner.Fitted;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FamiliesTest {
    private final NetworkLearner learner = new NetworkLearner();

    private static NetworkConfiguration network(String family, int epochs, Integer... hidden) {
        return new NetworkConfiguration(
                family, List.of(hidden), Activation.RELU, 4, 0.05, 1e-3, 0, Optimizer.ADAMW, 32, epochs, 1000);
    }

    static Stream<Arguments> families() {
        return Stream.of(NumberEmbedding.values()).flatMap(numbers -> Stream.of(
                        network("mlp", 40, 32, 16),
                        network(NetworkConfiguration.REALMLP, 40, 32, 16),
                        network(NetworkConfiguration.REALMLP_S, 40, 32, 16),
                        network(NetworkConfiguration.TABM, 40, 32, 16)
                                .but()
                                .members(4)
                                .clip(1)
                                .build(),
                        network(NetworkConfiguration.RESNET, 40, 16, 32),
                        network(NetworkConfiguration.BOOSTED, 40, 32, 16),
                        network("mlp", 40, 32, 16).but().inputDropout(0.05).build(),
                        network("mlp", 40, 32, 16)
                                .but()
                                .normalisation(Optional.of(Normalisation.LAYER))
                                .l1(Optional.of(1e-4))
                                .build(),
                        network(NetworkConfiguration.RESNET, 40, 16, 32)
                                .but()
                                .normalisation(Optional.of(Normalisation.NONE))
                                .build())
                .map(n -> Arguments.of(
                        n.family(), numbers, n.but().numbers(numbers).build())));
    }

    private Fitted fit(TrainingJob job) {
        return learner.fit(job, () -> false);
    }

    private Matrix predictions(TrainingJob job) {
        try (var model = fit(job).model()) {
            return model.predict(job.table(), job.validation());
        }
    }

    @ParameterizedTest(name = "{0} with {1} numbers")
    @MethodSource("families")
    void everyFamilyLearnsWhatNoLinearModelCanAndIsReadAgain(
            String family, NumberEmbedding numbers, NetworkConfiguration configuration) {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), configuration, 0.02);

        try (NetworkModel model = (NetworkModel) fit(job).model();
                NetworkModel read = NetworkModel.read(model.parts(), job.table().profile())) {
            Matrix predictions = model.predict(job.table(), job.validation());
            double[] truth = TargetCoding.of(job.table(), job.validation());
            assertThat(Scoring.score(Metric.AUC, truth, predictions)).isGreaterThan(0.85);
            assertThat(read.predict(job.table(), job.validation())).isEqualTo(predictions);
            for (int r = 0; r < predictions.rows(); r++) {
                assertThat(predictions.get(r, 0) + predictions.get(r, 1)).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void membersLearnANumberInItsOwnUnits() {
        TrainingJob job = ToyJobs.job(ToyJobs.numbers(), network(NetworkConfiguration.TABM, 40, 32), 0.02);

        double[] truth = TargetCoding.of(job.table(), job.validation());
        assertThat(Scoring.score(Metric.R2, truth, predictions(job))).isGreaterThan(0.95);
    }

    @Test
    void aNetworkOfBeforeThereWereMembersIsReadAndPredictsTheSame() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), network(NetworkConfiguration.REALMLP, 2, 16), 0.02);
        try (NetworkModel model = (NetworkModel) fit(job).model()) {
            Map<String, byte[]> parts = model.parts();
            String shape = new String(parts.get("architecture.json"), StandardCharsets.UTF_8);
            String before = shape.replace(",\"members\":1", "").replace("\"piecewise\":[],", "");
            assertThat(before).hasSizeLessThan(shape.length() - 25);
            parts.put("architecture.json", before.getBytes(StandardCharsets.UTF_8));

            try (NetworkModel read = NetworkModel.read(parts, job.table().profile())) {
                assertThat(read.predict(job.table(), job.validation()))
                        .isEqualTo(model.predict(job.table(), job.validation()));
            }
        }
    }

    /** It had layer norm, which it does not mention. */
    @Test
    void aResidualNetworkOfBeforeItsNormWasAChoiceIsReadAndPredictsTheSame() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), network(NetworkConfiguration.RESNET, 2, 16, 16), 0.02);
        try (NetworkModel model = (NetworkModel) fit(job).model()) {
            Map<String, byte[]> parts = model.parts();
            String shape = new String(parts.get("architecture.json"), StandardCharsets.UTF_8);
            String before = shape.replace(",\"normalisation\":\"LAYER\"", "");
            assertThat(before).hasSizeLessThan(shape.length());
            parts.put("architecture.json", before.getBytes(StandardCharsets.UTF_8));

            try (NetworkModel read = NetworkModel.read(parts, job.table().profile())) {
                assertThat(read.predict(job.table(), job.validation()))
                        .isEqualTo(model.predict(job.table(), job.validation()));
            }
        }
    }

    @Test
    void balancedClassesCountTheSameHoweverRareOneIs() {
        double[] target =
                new Random(8).doubles(ToyJobs.ROWS).map(u -> u < 0.1 ? 1 : 0).toArray();
        Table table = ToyJobs.features().classification(List.of("common", "rare"), target);
        NetworkConfiguration equal = network("linear", 20);

        double asItIs = meanOfRare(ToyJobs.job(table, equal, 0.02));
        double balanced = meanOfRare(ToyJobs.job(
                table, equal.but().classWeights(ClassWeights.BALANCED).build(), 0.02));

        assertThat(asItIs).isBetween(0.02, 0.2);
        assertThat(balanced).isBetween(0.35, 0.65);
    }

    private double meanOfRare(TrainingJob job) {
        Matrix predictions = predictions(job);
        return IntStream.range(0, predictions.rows())
                .mapToDouble(r -> predictions.get(r, 1))
                .average()
                .orElseThrow();
    }

    /** Of an exponential distribution 63 % lies below the mean. */
    @Test
    void theQuantileLossAimsAtTheMedianWhereTheSquaredErrorAimsAtTheMean() {
        Random random = new Random(4);
        double[] target = IntStream.range(0, ToyJobs.ROWS)
                .mapToDouble(r -> -Math.log(random.nextDouble()))
                .toArray();
        Table table = ToyJobs.features().regression(target);
        NetworkConfiguration squared = network("linear", 60);
        NetworkConfiguration pinball =
                squared.but().loss(RegressionLoss.QUANTILE).build();

        assertThat(shareBelow(table, squared)).isBetween(0.58, 0.7);
        assertThat(shareBelow(table, pinball)).isBetween(0.43, 0.57);
    }

    private double shareBelow(Table table, NetworkConfiguration configuration) {
        TrainingJob job = FirstFold.job(table, configuration, new LearningRateRange(0.01, 0.05), Metric.MAE, 7);
        try (var model = fit(job).model()) {
            Matrix predictions = model.predict(table, job.training());
            double[] truth = TargetCoding.of(table, job.training());
            return IntStream.range(0, truth.length)
                            .filter(i -> truth[i] < predictions.get(i, 0))
                            .count()
                    / (double) truth.length;
        }
    }

    @Test
    void trainingAndValidationLossAreOfTheLossThatIsMinimised() {
        NetworkConfiguration pinball =
                network("mlp", 40, 32).but().loss(RegressionLoss.QUANTILE).build();
        var last = fit(ToyJobs.job(ToyJobs.numbers(), pinball, 0.02))
                .curve()
                .points()
                .get(39);

        // half the absolute error; the mean square of the same errors would be a tenth of it
        assertThat(last.validationLoss()).isBetween(0.2 * last.trainingLoss(), 5 * last.trainingLoss());
        assertThat(last.trainingLoss()).isBetween(0.005, 0.2);
    }

    @Test
    void fitsOfEveryFamilyLeaveNoNativeMemoryBehind() {
        fitAllFamilies();
        long before = Pointer.totalBytes();
        for (int i = 0; i < 3; i++) {
            fitAllFamilies();
        }

        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
    }

    private void fitAllFamilies() {
        families().forEach(family -> {
            NetworkConfiguration configuration =
                    ((NetworkConfiguration) family.get()[2]).but().epochs(1).build();
            predictions(ToyJobs.job(ToyJobs.classes(), configuration, 0.01));
        });
    }

    @Test
    void aResidualNetworkWithoutATrunkIsRefused() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), network(NetworkConfiguration.RESNET, 1), 0.01);

        assertThatThrownBy(() -> fit(job)).hasMessageContaining("width of its trunk");
    }
}
