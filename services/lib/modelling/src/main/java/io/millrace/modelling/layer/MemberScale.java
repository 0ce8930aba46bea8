package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Copies every row once per member, each column times that member's own factor for it. */
final class MemberScale implements AutoCloseable {
    private final int members;
    private final int columns;
    private final Parameter factors;
    private final Tensor outputs;
    private final Tensor inputGradient;
    private Tensor inputs;

    MemberScale(MembersPlan plan, int rows, SplittableRandom random) {
        this.members = plan.members();
        this.columns = plan.sources().size();
        this.factors = Parameter.zeros(members * columns, 1, false);
        this.outputs = new Tensor(rows * members, columns);
        this.inputGradient = new Tensor(rows, columns);
        draw(plan.sources(), plan.smooth(), random);
    }

    private void draw(List<Integer> sources, boolean smooth, SplittableRandom random) {
        float factor = 0;
        for (int i = 0; i < factors.values().length; i++) {
            int column = i % columns;
            if (column == 0 || !sources.get(column).equals(sources.get(column - 1))) {
                factor = smooth ? (float) random.nextGaussian() : random.nextBoolean() ? 1 : -1;
            }
            factors.values()[i] = factor;
        }
    }

    Tensor forward(Tensor x, int rows) {
        inputs = x;
        for (int r = 0; r < rows; r++) {
            for (int m = 0; m < members; m++) {
                multiply(
                        x.values(),
                        r * columns,
                        factors.values(),
                        m * columns,
                        outputs.values(),
                        (r * members + m) * columns);
            }
        }
        return outputs;
    }

    Tensor backward(Tensor gradient, int rows, boolean wanted) {
        float[] g = gradient.values();
        float[] dx = inputGradient.values();
        Arrays.fill(factors.gradient(), 0);
        Arrays.fill(dx, 0, rows * columns, 0);
        for (int r = 0; r < rows; r++) {
            for (int m = 0; m < members; m++) {
                int at = (r * members + m) * columns;
                addProduct(g, at, inputs.values(), r * columns, factors.gradient(), m * columns);
                if (wanted) {
                    addProduct(g, at, factors.values(), m * columns, dx, r * columns);
                }
            }
        }
        return wanted ? inputGradient : null;
    }

    private void multiply(float[] a, int from, float[] b, int other, float[] into, int at) {
        for (int c = 0; c < columns; c++) {
            into[at + c] = a[from + c] * b[other + c];
        }
    }

    private void addProduct(float[] a, int from, float[] b, int other, float[] into, int at) {
        for (int c = 0; c < columns; c++) {
            into[at + c] += a[from + c] * b[other + c];
        }
    }

    Parameter parameter() {
        return factors;
    }

    @Override
    public void close() {
        outputs.close();
        inputGradient.close();
    }
}
