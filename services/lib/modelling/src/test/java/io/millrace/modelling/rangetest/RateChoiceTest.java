package io.millrace.modelling.rangetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.Optimizer;
import io.millrace.events.Suggestions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateChoiceTest {
    private static NetworkConfiguration network(String family, Optimizer optimizer, List<Integer> hidden) {
        return new NetworkConfiguration(family, hidden, Activation.RELU, 8, 0, 0, 0, optimizer, 128, 10, 10);
    }

    private static LearningRateRange chosen(double minimum, Optimizer optimizer, List<Integer> hidden) {
        return chosen(minimum, network("any", optimizer, hidden));
    }

    private static LearningRateRange chosen(double minimum, NetworkConfiguration network) {
        Suggestions suggestions = new Suggestions(
                Optional.of(1e-4), Optional.empty(), Optional.of(minimum).filter(m -> m > 0), Optional.empty());
        return RateChoice.of(suggestions, network);
    }

    @Test
    void thePeakOfAnAdaptiveOptimizerIsTheMinimumAndTheBaseAQuarter() {
        LearningRateRange range = chosen(0.01, Optimizer.ADAMW, List.of(64));

        assertThat(range.max()).isEqualTo(0.01);
        assertThat(range.base()).isEqualTo(0.0025);
    }

    @Test
    void linearModelsRmsPropAndMomentumBearThreeOrFourTimesAsMuch() {
        assertThat(chosen(0.01, Optimizer.ADAM, List.of()).max()).isCloseTo(0.03, within(1e-12));
        assertThat(chosen(0.01, Optimizer.RMSPROP, List.of(64)).max()).isCloseTo(0.03, within(1e-12));
        assertThat(chosen(0.1, Optimizer.SGD, List.of(64)).max()).isCloseTo(0.3, within(1e-12));
        assertThat(chosen(0.1, Optimizer.NESTEROV, List.of(64)).max()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void aNoisyCurveCannotLeadFarAstray() {
        assertThat(chosen(1e-6, Optimizer.RMSPROP, List.of(64)).max()).isEqualTo(0.01);
        assertThat(chosen(1e-6, Optimizer.NESTEROV, List.of(64)).max()).isEqualTo(0.1);
        assertThat(chosen(5, Optimizer.ADAM, List.of(64)).max()).isEqualTo(0.1);
    }

    @Test
    void withoutAMinimumTheUsualRatesMustDo() {
        assertThat(chosen(-1, Optimizer.NESTEROV, List.of(64)).max()).isEqualTo(0.1);
        assertThat(chosen(-1, Optimizer.ADAMW, List.of(64)).max()).isEqualTo(0.003);
        assertThat(chosen(-1, network(NetworkConfiguration.REALMLP, Optimizer.ADAMW, List.of(64, 64)))
                        .max())
                .isEqualTo(0.06);
    }

    @Test
    void familiesAreAsBoldAsWasMeasured() {
        List<Integer> hidden = List.of(64, 64);
        NetworkConfiguration mlp = network("mlp", Optimizer.ADAMW, hidden);

        assertThat(chosen(0.02, network(NetworkConfiguration.REALMLP_S, Optimizer.ADAMW, hidden))
                        .max())
                .isCloseTo(0.06, within(1e-12));
        assertThat(chosen(0.004, network(NetworkConfiguration.TABM, Optimizer.ADAMW, hidden))
                        .max())
                .isCloseTo(0.02, within(1e-12));
        assertThat(chosen(0.05, network(NetworkConfiguration.RESNET, Optimizer.ADAMW, hidden))
                        .max())
                .isEqualTo(0.01);
        assertThat(chosen(
                                0.002,
                                mlp.but()
                                        .numbers(NumberEmbedding.PIECEWISE_LINEAR)
                                        .build())
                        .max())
                .isCloseTo(0.016, within(1e-12));
        assertThat(chosen(0.003, mlp).max()).isEqualTo(0.003);
    }
}
