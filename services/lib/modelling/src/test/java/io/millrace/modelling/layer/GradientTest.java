package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of whole stacks against differences of the loss. */
class GradientTest {
    private static final int ROWS = 7;
    private static final float STEP = 1e-2f;
    private static final float[] EVEN = {-2, 2};
    private static final float[] WEIGHTS = {1, 2, 0.5f, 1, 1, 0, 3};

    private final SplittableRandom random = new SplittableRandom(3);

    private record Stack(String name, FrontPlan front, List<Layer> layers, Loss loss) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Stack> stacks() {
        SplittableRandom seed = new SplittableRandom(1);
        FrontPlan plain = FrontPlan.plain(5);
        FrontPlan rich = new FrontPlan(5, List.of(0, 3), List.of(), 2, 9, 3, 1);
        FrontPlan bent = new FrontPlan(
                5, List.of(), List.of(new Edges(1, new float[] {-1, 0, 0.5f, 1}), new Edges(4, EVEN)), 0, 0, 1, 1);
        return Stream.of(
                new Stack("linear", plain, List.of(new Dense(DensePlan.output(5, 3), 8, seed)), Loss.CROSS_ENTROPY),
                new Stack(
                        "smooth network",
                        plain,
                        List.of(
                                new Dense(DensePlan.hidden(5, 6, Nonlinearity.MISH, false), 8, seed),
                                new Dense(DensePlan.hidden(6, 4, Nonlinearity.GELU, false), 8, seed),
                                new Dense(DensePlan.output(4, 1), 8, seed)),
                        PointLoss.squared()),
                new Stack(
                        "layer norm before the activations",
                        plain,
                        List.of(
                                new Dense(
                                        DensePlan.hidden(5, 6, Nonlinearity.MISH, false)
                                                .withLayerNorm(),
                                        8,
                                        seed),
                                new Dense(
                                        DensePlan.realHidden(6, 4, Nonlinearity.MISH, false)
                                                .withLayerNorm(),
                                        8,
                                        seed),
                                new Dense(DensePlan.output(4, 1), 8, seed)),
                        PointLoss.squared()),
                new Stack(
                        "embeddings, scale and parametric activations",
                        rich,
                        List.of(
                                new Scale(rich.outputs(), 8),
                                new Dense(DensePlan.realHidden(rich.outputs(), 6, Nonlinearity.MISH, false), 8, seed),
                                new Dense(DensePlan.realOutput(6, 3), 8, seed)),
                        Loss.CROSS_ENTROPY),
                new Stack(
                        "piecewise-linear numbers",
                        bent,
                        List.of(
                                new Dense(DensePlan.hidden(bent.outputs(), 6, Nonlinearity.MISH, false), 8, seed),
                                new Dense(DensePlan.output(6, 1), 8, seed)),
                        PointLoss.huber(0.5)),
                new Stack(
                        "residual block with layer norm",
                        rich,
                        List.of(
                                new Dense(DensePlan.output(rich.outputs(), 4), 8, seed),
                                new Residual(
                                        List.of(
                                                new LayerNorm(4, 8),
                                                new Dense(DensePlan.hidden(4, 6, Nonlinearity.MISH, false), 8, seed),
                                                new Dense(DensePlan.output(6, 4), 8, seed)),
                                        8),
                                new Dense(DensePlan.output(4, 1), 8, seed)),
                        PointLoss.squared()),
                new Stack(
                        "members",
                        rich,
                        List.of(new Members(
                                new MembersPlan(
                                        3, Arrays.stream(rich.sources()).boxed().toList(), true),
                                List.of(new Dense(
                                        DensePlan.hidden(rich.outputs(), 4, Nonlinearity.MISH, false), 24, seed)),
                                2,
                                8,
                                seed)),
                        new MemberLoss(Loss.CROSS_ENTROPY, 3, 2, 8)));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyGradientIsTheSlopeOfTheLoss(Stack stack) {
        try (Front front = new Front(stack.front(), 8, random);
                Inputs batch = Inputs.of(8, 5, stack.front().codeColumns())) {
            for (int i = 0; i < ROWS * 5; i++) {
                batch.dense().values()[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < batch.codes().length; i++) {
                batch.codes()[i] = random.nextInt(9);
            }
            int outputs = stack.loss() instanceof MemberLoss
                    ? 2
                    : stack.layers().get(stack.layers().size() - 1).outputs();
            float[] truth = new float[ROWS * outputs];
            for (int r = 0; r < ROWS; r++) {
                truth[r * outputs + r % outputs] = 1;
            }
            List<Parameter> parameters = new ArrayList<>(front.parameters());
            stack.layers().forEach(layer -> parameters.addAll(layer.parameters()));

            loss(stack, front, batch, truth, true);
            List<float[]> gradients =
                    parameters.stream().map(p -> p.gradient().clone()).toList();

            for (int p = 0; p < parameters.size(); p++) {
                float[] values = parameters.get(p).values();
                for (int i = 0; i < values.length; i++) {
                    int at = i;
                    float before = values[i];
                    DoubleUnaryOperator moved = step -> {
                        values[at] = (float) (before + step);
                        return loss(stack, front, batch, truth, false);
                    };
                    double slope = slope(moved);
                    values[i] = before;
                    assertThat((double) gradients.get(p)[i])
                            .as("parameter %d, number %d", p, i)
                            .isCloseTo(slope, within(2e-3));
                }
            }
        }
    }

    /** Central differences of fourth order, because layer norm bends too much for the second. */
    private static double slope(DoubleUnaryOperator loss) {
        double near = loss.applyAsDouble(STEP) - loss.applyAsDouble(-STEP);
        double far = loss.applyAsDouble(2 * STEP) - loss.applyAsDouble(-2 * STEP);
        return (8 * near - far) / (12 * STEP);
    }

    private static double loss(Stack stack, Front front, Inputs batch, float[] truth, boolean backward) {
        Tensor values = front.forward(batch, ROWS);
        for (Layer layer : stack.layers()) {
            values = layer.forward(values, ROWS, backward);
        }
        double loss = stack.loss().backward(values, truth, WEIGHTS, ROWS);
        for (int l = stack.layers().size() - 1; backward && l >= 0; l--) {
            values = stack.layers().get(l).backward(values, ROWS, l > 0 || front.learns());
        }
        if (backward && front.learns()) {
            front.backward(values, ROWS);
        }
        return loss;
    }

    @Test
    void dropoutDropsItsShareAndKeepsTheMean() {
        int count = 100_000;
        Dropout dropout = new Dropout(count, random);
        dropout.chance(0.3);
        float[] ones = new float[count];
        Arrays.fill(ones, 1);

        dropout.draw(count);
        dropout.mask(ones, count);

        double dropped = 0;
        double sum = 0;
        for (float one : ones) {
            dropped += one == 0 ? 1 : 0;
            sum += one;
        }
        assertThat(dropped / count).isCloseTo(0.3, within(0.01));
        assertThat(sum / count).isCloseTo(1, within(0.02));
    }

    @Test
    void droppedInputsGetNoGradientAndPredictionsSeeAll() {
        int columns = 500;
        try (InputDropout dropout = new InputDropout(columns, 0.3, 4, random);
                Tensor inputs = new Tensor(4, columns);
                Tensor gradient = new Tensor(4, columns)) {
            Arrays.fill(inputs.values(), 2);
            Arrays.fill(gradient.values(), 1);

            float[] passed = dropout.forward(inputs, 4, true).values();
            float[] back = dropout.backward(gradient, 4, true).values();

            int dropped = 0;
            for (int i = 0; i < passed.length; i++) {
                assertThat(passed[i]).isIn(0f, 2 / 0.7f);
                assertThat(back[i]).isEqualTo(passed[i] / 2);
                dropped += passed[i] == 0 ? 1 : 0;
            }
            assertThat(dropped / (4.0 * columns)).isCloseTo(0.3, within(0.05));
            assertThat(dropout.forward(inputs, 4, false)).isSameAs(inputs);
        }
    }

    @Test
    void calibratedOutputsHaveDeviationOne() {
        try (Dense dense = new Dense(DensePlan.realOutput(5, 4), 64, random);
                Tensor inputs = new Tensor(64, 5)) {
            for (int i = 0; i < inputs.values().length; i++) {
                inputs.values()[i] = (float) (10 * random.nextGaussian());
            }
            dense.calibrate(inputs, 64);
            float[] out = dense.forward(inputs, 64, false).values();
            for (int c = 0; c < 4; c++) {
                double sum = 0;
                double squares = 0;
                for (int r = 0; r < 64; r++) {
                    sum += out[r * 4 + c];
                    squares += out[r * 4 + c] * out[r * 4 + c];
                }
                assertThat(squares / 64 - sum * sum / 64 / 64).isCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void aUnitThatNoRowActivatesIsDeadBehindLayerNormToo() {
        try (Dense dense = new Dense(
                        DensePlan.hidden(5, 4, Nonlinearity.RELU, false).withLayerNorm(), 8, random);
                Tensor inputs = new Tensor(8, 5);
                Tensor gradient = new Tensor(8, 4)) {
            for (int i = 0; i < inputs.values().length; i++) {
                inputs.values()[i] = (float) random.nextGaussian();
            }
            float[] shift =
                    dense.parameters().get(dense.parameters().size() - 1).values();
            shift[2] = -100;

            float[] out = dense.forward(inputs, 8, true).values();
            Arrays.fill(gradient.values(), 1);
            dense.backward(gradient, 8, false);

            assertThat(out[2]).isZero();
            assertThat(dense.deadUnits()).isEqualTo(1);
        }
    }
}
