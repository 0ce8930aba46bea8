package io.millrace.modelling.layer;

import java.util.List;
import java.util.SplittableRandom;

/** A linear layer for each member; rows of the members take turns. */
final class MemberHeads implements AutoCloseable {
    private final int members;
    private final Tensor weights;
    private final Tensor weightGradient;
    private final Parameter bias;
    private final Tensor outputs;
    private final Tensor inputGradient;
    private Tensor values;

    MemberHeads(int members, int inputs, int outputs, int rows, SplittableRandom random) {
        this.members = members;
        this.weights = new Tensor(members * inputs, outputs);
        this.weightGradient = new Tensor(members * inputs, outputs);
        this.bias = Parameter.zeros(members * outputs, 1, false);
        this.outputs = new Tensor(rows * members, outputs);
        this.inputGradient = new Tensor(rows * members, inputs);
        double deviation = Math.sqrt(2.0 / (inputs + outputs));
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = (float) (deviation * random.nextGaussian());
        }
    }

    int outputs() {
        return outputs.columns();
    }

    Tensor forward(Tensor x, int rows) {
        values = x;
        Products.forwardEach(x, weights, outputs, rows, members);
        float[] z = outputs.values();
        int n = bias.values().length;
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < n; i++) {
                z[r * n + i] += bias.values()[i];
            }
        }
        return outputs;
    }

    Tensor backward(Tensor gradient, int rows) {
        float[] dz = gradient.values();
        float[] sums = bias.gradient();
        int n = sums.length;
        System.arraycopy(dz, 0, sums, 0, n);
        for (int r = 1; r < rows; r++) {
            for (int i = 0; i < n; i++) {
                sums[i] += dz[r * n + i];
            }
        }
        Products.weightsEach(values, gradient, weightGradient, rows, members);
        Products.inputsEach(gradient, weights, inputGradient, rows, members);
        return inputGradient;
    }

    List<Parameter> parameters() {
        return List.of(new Parameter(weights.values(), weightGradient.values(), 1, true), bias);
    }

    @Override
    public void close() {
        weights.close();
        weightGradient.close();
        outputs.close();
        inputGradient.close();
    }
}
