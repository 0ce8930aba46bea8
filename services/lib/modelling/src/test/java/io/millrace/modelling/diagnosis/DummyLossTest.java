package io.millrace.modelling.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RegressionLoss;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.DatasetProfile;
import io.millrace.events.Score;
import io.millrace.events.Verdict;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.table.Tables;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DummyLossTest {
    private static final double[] NORMAL = normal(20_000);
    private static final DatasetProfile PROFILE =
            new Tables().regression(new double[] {1, 2, 3}).profile();

    private static double[] normal(int rows) {
        SplittableRandom random = new SplittableRandom(3);
        return IntStream.range(0, rows)
                .mapToDouble(r -> 50 + 7 * random.nextGaussian())
                .toArray();
    }

    private static NetworkConfiguration network(RegressionLoss loss) {
        return new NetworkConfiguration("mlp", List.of(8), Activation.RELU, 4, 0, 0, 0, Optimizer.ADAM, 32, 10, 10)
                .but()
                .loss(loss)
                .build();
    }

    @Test
    void aConstantCostsWhatTheConfiguredLossSays() {
        assertThat(TrialEvidence.dummyLoss(PROFILE, network(RegressionLoss.SQUARED), NORMAL))
                .isEqualTo(1);
        // half the mean distance of a normal number from its median, sqrt(2 / pi) / 2
        assertThat(TrialEvidence.dummyLoss(PROFILE, network(RegressionLoss.QUANTILE), NORMAL))
                .isCloseTo(Math.sqrt(2 / Math.PI) / 2, within(0.01));
        // the Huber loss of limit 1 over the normal distribution: .0994 within the limit and .3252 beyond it
        assertThat(TrialEvidence.dummyLoss(PROFILE, network(RegressionLoss.HUBER), NORMAL))
                .isCloseTo(0.4246, within(0.01));
        assertThat(TrialEvidence.dummyLoss(
                        PROFILE, new TreesConfiguration("boosting", 10, 0.1, 3, 0, 1, 1, 1, 1, 0, 256, 5), NORMAL))
                .isEqualTo(1);
    }

    @Test
    void theBestConstantIsNotTheMeanWhereTheTargetIsSkewed() {
        double[] skewed =
                IntStream.range(0, 1_000).mapToDouble(r -> r < 900 ? 0 : 10).toArray();
        // the median is 0: a tenth of the rows is off by 10 / 3 deviations, and half of that counts
        assertThat(TrialEvidence.dummyLoss(PROFILE, network(RegressionLoss.QUANTILE), skewed))
                .isCloseTo(0.1 * (10 / 3.0) / 2, within(1e-6));
    }

    @Test
    void aTargetThatDoesNotVaryHasAUnitAllTheSame() {
        assertThat(TrialEvidence.dummyLoss(PROFILE, network(RegressionLoss.QUANTILE), new double[] {4, 4}))
                .isEqualTo(1);
    }

    @Test
    void aNetworkOfThePinballLossThatLearntNothingIsToldSo() {
        List<Point> points = IntStream.range(0, 20)
                .mapToObj(i -> new Point(i + 1, 0.395, 0.396, 0.8))
                .toList();
        TrialEvidence evidence = new TrialEvidence(
                List.of(new LearningCurve(points, 19, "completed")),
                List.of(0.8, 0.8),
                new Score(0.8, 0.78, 0.82),
                TrialEvidence.dummyLoss(PROFILE, network(RegressionLoss.QUANTILE), NORMAL),
                Optional.empty(),
                Optional.empty());
        assertThat(DiagnoseTrial.diagnose(evidence).verdict()).isEqualTo(Verdict.OPTIMIZATION);
    }
}
