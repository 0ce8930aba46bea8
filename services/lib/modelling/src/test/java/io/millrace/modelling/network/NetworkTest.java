package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.Optimizer;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.layer.FrontPlan;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
    private static final Architecture LINEAR = new Architecture(
            Recipe.PLAIN, FrontPlan.plain(3), List.of(), Activation.RELU, false, 0, 2, true, 1, Normalisation.NONE);

    private static final float[] ONES = {1, 1, 1, 1, 1, 1, 1, 1};

    private static NetworkConfiguration configuration(Optimizer optimizer, double weightDecay) {
        return new NetworkConfiguration("linear", List.of(), Activation.RELU, 1, 0, weightDecay, 0, optimizer, 8, 1, 1);
    }

    private static Network network() {
        return new Network(LINEAR, 8, 5);
    }

    private static Network.Training training(Network network, Optimizer optimizer, double decay, double rate) {
        return network.training(Recipe.rules(configuration(optimizer, decay), new LearningRateRange(1, 1), 1, 5)
                .withRate(Schedule.constant(rate)));
    }

    /** Features of 0 and labels that a fresh network predicts already: no weight has a gradient. */
    private static MiniBatches withoutGradient() {
        return new MiniBatches(
                new Encoded(Matrix.filled(8, 3, 0), new int[0], 0), Matrix.filled(8, 2, 0.5f), ONES, 8, 1);
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void weightDecayActsOncePerStepAndNotOnBiases(Optimizer optimizer) {
        double decay = 0.5;
        try (Network network = network();
                MiniBatches batches = withoutGradient()) {
            float[] before = network.weights();
            before[6] = 1; // both biases alike, so that both classes stay equally likely
            before[7] = 1;
            network.restore(before);

            batches.step(training(network, optimizer, decay, 0.1), 0);

            float[] after = network.weights();
            for (int weight = 0; weight < 6; weight++) {
                assertThat(after[weight]).isCloseTo((float) (before[weight] * (1 - 0.1 * decay)), within(1e-6f));
            }
            assertThat(after[6]).isCloseTo(1, within(1e-6f));
            assertThat(after[7]).isCloseTo(1, within(1e-6f));
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void l1TakesTheSameOffEveryWeightPerStepAndNothingOffBiases(Optimizer optimizer) {
        NetworkConfiguration penalised =
                configuration(optimizer, 0).but().l1(Optional.of(0.5)).build();
        try (Network network = network();
                MiniBatches batches = withoutGradient()) {
            network.restore(new float[] {1, -1, 0.04f, -0.04f, 0.06f, 2, 1, 1});

            batches.step(
                    network.training(Recipe.rules(penalised, new LearningRateRange(1, 1), 1, 5)
                            .withRate(Schedule.constant(0.1))),
                    0);

            float[] expected = {0.95f, -0.95f, 0, 0, 0.01f, 1.95f, 1, 1};
            assertThat(network.weights()).containsExactly(expected, within(1e-6f));
        }
    }

    @Test
    void theLossOfAStepIsTheCrossEntropyWithoutPenalties() {
        try (Network network = network();
                MiniBatches batches = withoutGradient()) {
            assertThat(batches.step(training(network, Optimizer.ADAMW, 0.5, 0.1), 0))
                    .isCloseTo(Math.log(2), within(1e-6));
        }
    }

    @Test
    void manyRowsArePredictedAsEachAlone() {
        Matrix rows = Matrix.filled(2500, 3, 0);
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) Math.sin(i);
        }
        try (Network network = network()) {
            Matrix all = network.predict(new Encoded(rows, new int[0], 0));
            for (int row : new int[] {0, 255, 256, 2499}) {
                Matrix one = new Matrix(1, 3, new float[] {rows.get(row, 0), rows.get(row, 1), rows.get(row, 2)});
                Matrix alone = network.predict(new Encoded(one, new int[0], 0));
                assertThat(all.get(row, 1)).isCloseTo(alone.get(0, 1), within(1e-6f));
            }
        }
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        assertThatThrownBy(() -> Network.forPrediction(LINEAR, new float[7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 parameters for a network that has 8");
    }

    @Test
    void fewRowsMakeSmallBatches() {
        assertThat(MiniBatches.sizeFor(10_000, 256)).isEqualTo(256);
        assertThat(MiniBatches.sizeFor(400, 256)).isEqualTo(100);
        assertThat(MiniBatches.sizeFor(20, 256)).isEqualTo(8);
        assertThat(MiniBatches.sizeFor(5, 256)).isEqualTo(5);
        assertThat(MiniBatches.sizeFor(1000, 4)).isEqualTo(4);
    }
}
