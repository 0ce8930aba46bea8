package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;

/** RealMLP's trainable diagonal: every column times a number of its own, 1 at first; it learns which columns matter. */
public final class Scale implements Layer {
    private static final double RATE = 6;

    private final Parameter factors;
    private final Tensor outputs;
    private final Tensor inputGradient;
    private Tensor inputs;

    public Scale(int columns, int rows) {
        this.factors = Parameter.zeros(columns, RATE, true);
        Arrays.fill(factors.values(), 1);
        this.outputs = new Tensor(rows, columns);
        this.inputGradient = new Tensor(rows, columns);
    }

    @Override
    public int outputs() {
        return outputs.columns();
    }

    @Override
    public Tensor forward(Tensor x, int rows, boolean training) {
        inputs = x;
        multiply(x.values(), factors.values(), outputs.values(), rows);
        return outputs;
    }

    @Override
    public Tensor backward(Tensor gradient, int rows, boolean wanted) {
        Arrays.fill(factors.gradient(), 0);
        addProducts(gradient.values(), inputs.values(), factors.gradient(), rows);
        if (!wanted) {
            return null;
        }
        multiply(gradient.values(), factors.values(), inputGradient.values(), rows);
        return inputGradient;
    }

    private static void multiply(float[] x, float[] factors, float[] into, int rows) {
        int n = factors.length;
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            for (int c = 0; c < n; c++) {
                into[at + c] = x[at + c] * factors[c];
            }
        }
    }

    private static void addProducts(float[] gradient, float[] x, float[] sums, int rows) {
        int n = sums.length;
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            for (int c = 0; c < n; c++) {
                sums[c] += gradient[at + c] * x[at + c];
            }
        }
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(factors);
    }

    @Override
    public void close() {
        outputs.close();
        inputGradient.close();
    }
}
