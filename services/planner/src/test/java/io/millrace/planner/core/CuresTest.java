package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.events.Cause;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Score;
import io.millrace.events.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cures make of a trial, one by one. */
class CuresTest {
    private static final DatasetProfiled DATASET = Given.scoredBy(Metric.ACCURACY, Given.trials(500, 40));
    private static final LearningRateRange FOUND = new LearningRateRange(0.0025, 0.01);
    private static final Optional<Intervention> CURED =
            Optional.of(new Intervention(new Cause("t001", Verdict.OPTIMIZATION, "lower-rate", 0.05), 0.5));

    /** Decay is per unit learning rate, and momentum's rates are many times Adam's. */
    @Test
    void theOtherOptimizerDecaysWeightsAsMuchPerStep() {
        NetworkConfiguration adam = network(Optimizer.ADAMW, 0.1, 1e-2);
        NetworkConfiguration momentum = treated("other-optimizer", sick(adam, Verdict.OPTIMIZATION));

        assertThat(momentum.optimizer()).isEqualTo(Optimizer.NESTEROV);
        assertThat(momentum.weightDecay()).isCloseTo(3e-4, within(1e-12));
        assertThat(treated("other-optimizer", sick(momentum, Verdict.OPTIMIZATION)))
                .isEqualTo(adam);
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, 1e-2, 4e-2", "ADAMW, 0, 4e-3", "NESTEROV, 3e-4, 1.2e-3", "NESTEROV, 0, 1.2e-4"})
    void moreWeightDecayIsFourTimesAsMuchOfAnyOptimizer(Optimizer optimizer, double before, double after) {
        NetworkConfiguration network = network(optimizer, 0.1, before);

        assertThat(treated("more-weight-decay", sick(network, Verdict.GENERALIZATION))
                        .weightDecay())
                .isCloseTo(after, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, 0.3", "NESTEROV, 9e-3"})
    void weightDecayHasALimit(Optimizer optimizer, double most) {
        assertThat(treatment("more-weight-decay", sick(network(optimizer, 0.1, most), Verdict.GENERALIZATION)))
                .isEmpty();
    }

    @Test
    void whetherANetworkIsRegularisedIsAskedPerStep() {
        assertThat(treatment(
                        "usual-regularisation", sick(network(Optimizer.NESTEROV, 0, 3e-4), Verdict.GENERALIZATION)))
                .isEmpty();
        assertThat(treated("usual-regularisation", sick(network(Optimizer.NESTEROV, 0, 0), Verdict.GENERALIZATION))
                        .weightDecay())
                .isCloseTo(3e-4, within(1e-12));
        assertThat(treated("usual-regularisation", sick(network(Optimizer.ADAMW, 0, 0), Verdict.GENERALIZATION))
                        .weightDecay())
                .isEqualTo(1e-2);
    }

    /** Else the second cure of a trial would undo the first. */
    @ParameterizedTest
    @ValueSource(strings = {"more-dropout", "more-weight-decay", "label-smoothing", "usual-regularisation"})
    void whatSharesTheRangeOfACuredTrialKeepsTheRateThatCuredIt(String cure) {
        LearningRateRange lower = new LearningRateRange(0.0005, 0.002);
        NetworkConfiguration network = network(Optimizer.ADAMW, 0, 1e-4);

        assertThat(rate(cure, network, lower, CURED)).contains(lower);
        assertThat(rate(cure, network, FOUND, CURED)).as("cured otherwise").isEmpty();
        assertThat(rate(cure, network, lower, Optional.empty()))
                .as("its range came late")
                .isEmpty();
    }

    @Test
    void whatHasARangeOfItsOwnIsTrainedThere() {
        LearningRateRange lower = new LearningRateRange(0.0005, 0.002);

        assertThat(rate("smaller-network", network(Optimizer.ADAMW, 0.1, 1e-2), lower, CURED))
                .isEmpty();
    }

    /** Where the step cannot grow all that is left of the cure is less patience, which helps nobody. */
    @ParameterizedTest
    @CsvSource({"0.1, true", "0.25, true", "0.3, false"})
    void boostingGetsAHigherRateWhereThereIsOne(double learningRate, boolean higher) {
        TreesConfiguration trees =
                new TreesConfiguration("boosting", 200, learningRate, 6, 0, 2, .9, .8, 1, 0, 128, 40);
        Patient patient = patient(
                trees, Optional.empty(), Optional.empty(), Verdict.OPTIMIZATION, Map.of("lateValidationFall", 0.05));

        assertThat(treatment("higher-rate-trees", patient).isPresent()).isEqualTo(higher);
    }

    private static NetworkConfiguration network(Optimizer optimizer, double dropout, double weightDecay) {
        return new NetworkConfiguration(
                "mlp", List.of(128, 64), Activation.RELU, 8, dropout, weightDecay, 0, optimizer, 32, 60, 15);
    }

    private static Patient sick(NetworkConfiguration network, Verdict verdict) {
        return patient(network, Optional.of(FOUND), Optional.empty(), verdict, Map.of());
    }

    private static Optional<LearningRateRange> rate(
            String cure, NetworkConfiguration network, LearningRateRange trained, Optional<Intervention> intervention) {
        return treatment(cure, patient(network, Optional.of(trained), intervention, Verdict.GENERALIZATION, Map.of()))
                .orElseThrow()
                .learningRate();
    }

    private static Patient patient(
            Configuration configuration,
            Optional<LearningRateRange> trained,
            Optional<Intervention> intervention,
            Verdict verdict,
            Map<String, Double> evidence) {
        Outcome look = new Outcome(
                0,
                List.of(0),
                true,
                0.4,
                new Score(0.4, 0.3, 0.5),
                verdict,
                0.8,
                evidence,
                1,
                1,
                Optional.empty(),
                Optional.empty());
        Trial trial = new Trial(
                2,
                configuration,
                trained,
                Optional.empty(),
                Optional.empty(),
                7,
                intervention,
                false,
                false,
                Optional.empty(),
                List.of(look));
        return new Patient(trial, look, DATASET, trained.map(rate -> FOUND));
    }

    private static Optional<Treatment> treatment(String cure, Patient patient) {
        return Cures.ALL.stream()
                .filter(c -> c.name().equals(cure))
                .findFirst()
                .orElseThrow()
                .treat(patient);
    }

    private static NetworkConfiguration treated(String cure, Patient patient) {
        return (NetworkConfiguration) treatment(cure, patient).orElseThrow().configuration();
    }
}
