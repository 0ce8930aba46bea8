package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RateSchedule;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.layer.FrontPlan;
import io.millrace.modelling.layer.Inputs;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/** The same weights and batches in a network of ours and in Deeplearning4j's: the same outputs, before and after steps. */
class DeeplearningParityTest {
    private static final int ROWS = 32;
    private static final int INPUTS = 6;
    private static final List<Integer> HIDDEN = List.of(16, 8);

    private final SplittableRandom random = new SplittableRandom(5);

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(Activation.RELU, Optimizer.ADAM, new org.nd4j.linalg.learning.config.Adam(0.01), true),
                Arguments.of(Activation.SELU, Optimizer.ADAM, new org.nd4j.linalg.learning.config.Adam(0.01), false),
                Arguments.of(
                        Activation.RELU,
                        Optimizer.NESTEROV,
                        new org.nd4j.linalg.learning.config.Nesterovs(0.01, 0.9),
                        true),
                Arguments.of(
                        Activation.MISH,
                        Optimizer.RMSPROP,
                        new org.nd4j.linalg.learning.config.RmsProp(0.01, 0.95, 1e-8),
                        false),
                Arguments.of(Activation.RELU, Optimizer.SGD, new org.nd4j.linalg.learning.config.Sgd(0.01), true),
                Arguments.of(
                        Activation.RELU, Optimizer.AMSGRAD, new org.nd4j.linalg.learning.config.AMSGrad(0.01), true),
                Arguments.of(
                        Activation.MISH,
                        Optimizer.ADAGRAD,
                        new org.nd4j.linalg.learning.config.AdaGrad(0.01, 1e-8),
                        false));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void outputsAgreeBeforeAndAfterTwentySteps(
            Activation activation, Optimizer optimizer, IUpdater updater, boolean classification) {
        int outputs = classification ? 3 : 1;
        Architecture shape = new Architecture(
                Recipe.PLAIN,
                FrontPlan.plain(INPUTS),
                HIDDEN,
                activation,
                false,
                0,
                outputs,
                classification,
                1,
                Normalisation.NONE);
        Matrix rows = Matrix.filled(ROWS, INPUTS, 0);
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian();
        }
        float[] truth = truth(rows, outputs);
        try (Network ours = new Network(shape, ROWS, 1);
                Inputs batch = Inputs.of(ROWS, INPUTS, 0);
                INDArray x = Nd4j.create(rows.values(), new int[] {ROWS, INPUTS});
                INDArray y = Nd4j.create(truth, new int[] {ROWS, outputs})) {
            MultiLayerNetwork theirs = DeeplearningNetwork.of(shape, ours.weights(), updater);
            System.arraycopy(rows.values(), 0, batch.dense().values(), 0, rows.values().length);
            assertSame(ours, theirs, rows, x);
            NetworkConfiguration configuration = new NetworkConfiguration(
                            "mlp", HIDDEN, activation, 1, 0, 0, 0, optimizer, ROWS, 1, 1)
                    .but()
                    .schedule(RateSchedule.CONSTANT)
                    .build();
            Network.Training training =
                    ours.training(Recipe.rules(configuration, new LearningRateRange(0.01, 0.01), 20, 1));
            float[] ones = new float[ROWS];
            Arrays.fill(ones, 1);
            for (int step = 0; step < 20; step++) {
                double loss = training.step(batch, truth, ones, new float[0], ROWS);
                theirs.fit(x, y);
                assertThat(loss).isCloseTo(theirs.score(), within(5e-3));
            }
            assertSame(ours, theirs, rows, x);
            theirs.close();
        }
    }

    private static float[] truth(Matrix rows, int outputs) {
        float[] truth = new float[ROWS * outputs];
        for (int r = 0; r < ROWS; r++) {
            if (outputs == 1) {
                truth[r] = rows.get(r, 0) * rows.get(r, 1);
            } else {
                truth[r * outputs + (rows.get(r, 0) > 0.3 ? 0 : rows.get(r, 1) > 0 ? 1 : 2)] = 1;
            }
        }
        return truth;
    }

    private static void assertSame(Network ours, MultiLayerNetwork theirs, Matrix rows, INDArray x) {
        float[] mine = ours.predict(new Encoded(rows, new int[0], 0)).values();
        try (INDArray output = theirs.output(x)) {
            for (int i = 0; i < mine.length; i++) {
                assertThat(mine[i]).isCloseTo(output.getFloat(i), within(5e-3f));
            }
        }
    }
}
