package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;

/** Layer normalisation (Ba et al., arXiv 1607.06450): every row to mean 0 and deviation 1, then a gain and a shift. */
public final class LayerNorm implements Layer {
    private static final double EPSILON = 1e-5;

    private final Parameter gain;
    private final Parameter shift;
    private final Tensor outputs;
    private final Tensor inputGradient;
    private final float[] normal;
    private final float[] inverse;

    public LayerNorm(int columns, int rows) {
        this.gain = Parameter.zeros(columns, 1, false);
        this.shift = Parameter.zeros(columns, 1, false);
        Arrays.fill(gain.values(), 1);
        this.outputs = new Tensor(rows, columns);
        this.inputGradient = new Tensor(rows, columns);
        this.normal = new float[rows * columns];
        this.inverse = new float[rows];
    }

    @Override
    public int outputs() {
        return outputs.columns();
    }

    @Override
    public Tensor forward(Tensor x, int rows, boolean training) {
        int n = outputs();
        for (int r = 0; r < rows; r++) {
            normalise(x.values(), r, n);
            int at = r * n;
            for (int c = 0; c < n; c++) {
                outputs.values()[at + c] = normal[at + c] * gain.values()[c] + shift.values()[c];
            }
        }
        return outputs;
    }

    private void normalise(float[] x, int row, int n) {
        int at = row * n;
        double sum = 0;
        double squares = 0;
        for (int c = 0; c < n; c++) {
            sum += x[at + c];
            squares += x[at + c] * x[at + c];
        }
        float mean = (float) (sum / n);
        float scale = (float) (1 / Math.sqrt(Math.max(0, squares / n - (double) mean * mean) + EPSILON));
        inverse[row] = scale;
        for (int c = 0; c < n; c++) {
            normal[at + c] = (x[at + c] - mean) * scale;
        }
    }

    @Override
    public Tensor backward(Tensor gradient, int rows, boolean wanted) {
        float[] g = gradient.values();
        int n = outputs();
        Arrays.fill(gain.gradient(), 0);
        Arrays.fill(shift.gradient(), 0);
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            for (int c = 0; c < n; c++) {
                gain.gradient()[c] += g[at + c] * normal[at + c];
                shift.gradient()[c] += g[at + c];
            }
            if (wanted) {
                inputs(g, r, n);
            }
        }
        return wanted ? inputGradient : null;
    }

    /** dx = (d - mean(d) - normal mean(d normal)) / deviation, with d the gradient times the gain. */
    private void inputs(float[] g, int row, int n) {
        int at = row * n;
        double sum = 0;
        double along = 0;
        for (int c = 0; c < n; c++) {
            float d = g[at + c] * gain.values()[c];
            sum += d;
            along += d * normal[at + c];
        }
        float mean = (float) (sum / n);
        float slope = (float) (along / n);
        float scale = inverse[row];
        float[] dx = inputGradient.values();
        for (int c = 0; c < n; c++) {
            dx[at + c] = (g[at + c] * gain.values()[c] - mean - normal[at + c] * slope) * scale;
        }
    }

    /** What is added to every column. */
    Parameter shift() {
        return shift;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(gain, shift);
    }

    @Override
    public void close() {
        outputs.close();
        inputGradient.close();
    }
}
