package io.millrace.e2e.bench;

import io.millrace.modelling.layer.Adam;
import io.millrace.modelling.layer.Dense;
import io.millrace.modelling.layer.DensePlan;
import io.millrace.modelling.layer.Front;
import io.millrace.modelling.layer.FrontPlan;
import io.millrace.modelling.layer.Inputs;
import io.millrace.modelling.layer.Layer;
import io.millrace.modelling.layer.Loss;
import io.millrace.modelling.layer.Nonlinearity;
import io.millrace.modelling.layer.Parameter;
import io.millrace.modelling.layer.Scale;
import io.millrace.modelling.layer.Stepper;
import io.millrace.modelling.layer.Tensor;
import io.millrace.modelling.network.NativeBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Processor time of a training step on one thread against PyTorch, which a Python named by {@code -Dbench.torch} must
 * have: {@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=StepBenchmark -Dbench.torch=PYTHON}. Prints a table.
 */
class StepBenchmark {
    private static final int INPUTS = 20;
    private static final int ROUNDS = 5;

    @Test
    void aStepAgainstPyTorch() throws IOException {
        System.out.println("| network | batch | PyTorch us | Millrace us | ratio |\n|---|---|---|---|---|");
        Process torch = new ProcessBuilder(
                        System.getProperty("bench.torch", "python3"),
                        Path.of(System.getProperty("bench.root", ".."), "e2e-tests/src/test/python/torch_step.py")
                                .toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String[]> peers = new ArrayList<>();
        try (BufferedReader lines = torch.inputReader()) {
            lines.lines().forEach(line -> peers.add(line.split(" ")));
        }
        NativeBackend.load();
        for (String[] peer : peers) {
            int width = Integer.parseInt(peer[1]);
            int batch = Integer.parseInt(peer[2]);
            double theirs = Double.parseDouble(peer[3]);
            double ours = micros(peer[0], width, batch);
            System.out.printf(
                    "| %2$d-%2$d %1$s | %3$d | %4$.0f | %5$.0f | %6$.2f |%n",
                    peer[0], width, batch, theirs, ours, ours / theirs);
        }
    }

    private static double micros(String kind, int width, int batch) {
        SplittableRandom random = new SplittableRandom(1);
        boolean real = kind.equals("realmlp");
        List<Integer> periodic = real ? IntStream.range(0, INPUTS).boxed().toList() : List.of();
        FrontPlan plan = new FrontPlan(INPUTS, periodic, List.of(), 0, 0, 1, 1);
        List<Layer> layers = new ArrayList<>();
        if (real) {
            layers.add(new Scale(plan.outputs(), batch));
        }
        int inputs = plan.outputs();
        for (int layer = 0; layer < 2; layer++) {
            DensePlan dense = real
                    ? DensePlan.realHidden(inputs, width, Nonlinearity.MISH, true)
                    : DensePlan.hidden(inputs, width, Nonlinearity.RELU, kind.equals("dropout"));
            layers.add(new Dense(dense, batch, random));
            inputs = width;
        }
        layers.add(new Dense(DensePlan.output(inputs, 2), batch, random));
        layers.forEach(layer -> layer.dropout(0.15));
        try (Front front = new Front(plan, batch, random);
                Inputs rows = Inputs.of(batch, INPUTS, 0)) {
            for (int i = 0; i < batch * INPUTS; i++) {
                rows.dense().values()[i] = (float) random.nextGaussian();
            }
            return least(front, layers, rows, batch, Math.max(20, 200_000_000 / (batch * width * width / 4)));
        } finally {
            layers.forEach(Layer::close);
        }
    }

    private static double least(Front front, List<Layer> layers, Inputs rows, int batch, int steps) {
        List<Parameter> parameters = new ArrayList<>(front.parameters());
        layers.forEach(layer -> parameters.addAll(layer.parameters()));
        Stepper stepper = new Adam(parameters, 0.9, 0.999);
        float[] truth = new float[batch * 2];
        float[] ones = new float[batch];
        Arrays.fill(ones, 1);
        for (int r = 0; r < batch; r++) {
            truth[2 * r + r % 2] = 1;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int step = 0; step < steps; step++) {
                step(front, layers, rows, truth, ones, batch);
                stepper.step(1e-4, 0);
            }
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            least = Math.min(least, spent / 1e3 / steps);
        }
        return least;
    }

    private static void step(Front front, List<Layer> layers, Inputs rows, float[] truth, float[] weights, int batch) {
        Tensor values = front.forward(rows, batch);
        for (Layer layer : layers) {
            values = layer.forward(values, batch, true);
        }
        Loss.CROSS_ENTROPY.backward(values, truth, weights, batch);
        for (int l = layers.size() - 1; l >= 0; l--) {
            values = layers.get(l).backward(values, batch, l > 0 || front.learns());
        }
        if (front.learns()) {
            front.backward(values, batch);
        }
    }
}
