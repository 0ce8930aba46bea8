package io.millrace.modelling.layer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * f(x W + b) with dropout behind it, of rows that layer norm may scale before f; without f a plain linear layer. In training
 * the derivative of f times the dropout mask is kept from the forward pass, so that the backward pass is one multiplication
 * per number.
 */
public final class Dense implements Layer {
    private final Tensor weights;
    private final Tensor weightGradient;
    private final Parameter bias;
    private final Blend blend;
    private final LayerNorm norm;
    private final Nonlinearity nonlinearity;
    private final Dropout dropout;
    private final Tensor outputs;
    private final Tensor inputGradient;
    private final float[] slope;
    private final boolean standardised;
    private final List<Parameter> parameters = new ArrayList<>();
    private Tensor inputs;

    /** Layer of {@code plan}, with weights drawn from {@code random}, for at most {@code rows} rows at a time. */
    public Dense(DensePlan plan, int rows, SplittableRandom random) {
        this.weights = new Tensor(plan.inputs(), plan.outputs());
        this.weightGradient = new Tensor(plan.inputs(), plan.outputs());
        this.bias = Parameter.zeros(plan.outputs(), plan.biasRate(), false);
        this.nonlinearity = plan.nonlinearity();
        this.outputs = new Tensor(rows, plan.outputs());
        this.inputGradient = new Tensor(rows, plan.inputs());
        this.slope = new float[nonlinearity == null ? 0 : rows * plan.outputs()];
        this.dropout = plan.dropout() ? new Dropout(rows * plan.outputs(), random.split()) : null;
        this.blend = plan.blendRate() > 0 ? new Blend(rows, plan.outputs(), plan.blendRate()) : null;
        this.norm = plan.normalised() ? new LayerNorm(plan.outputs(), rows) : null;
        this.standardised = plan.standardised();
        fill(weights.values(), plan.deviation(), random);
        fill(bias.values(), plan.biasDeviation(), random);
        parameters.add(new Parameter(weights.values(), weightGradient.values(), (float) plan.weightRate(), true));
        parameters.add(bias);
        if (blend != null) {
            parameters.add(blend.strength());
        }
        if (norm != null) {
            parameters.addAll(norm.parameters());
        }
    }

    private static void fill(float[] values, double deviation, SplittableRandom random) {
        for (int i = 0; deviation > 0 && i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
    }

    @Override
    public int outputs() {
        return weights.columns();
    }

    @Override
    public Tensor forward(Tensor x, int rows, boolean training) {
        inputs = x;
        Products.forward(x, weights, outputs, rows);
        addToRows(outputs.values(), bias.values(), rows);
        Tensor sums = norm == null ? outputs : norm.forward(outputs, rows, training);
        float[] z = sums.values();
        int count = rows * outputs();
        if (nonlinearity != null) {
            if (blend != null) {
                blend.remember(z, count);
            }
            nonlinearity.apply(z, slope, count);
            if (blend != null) {
                blend.apply(z, slope, rows);
            }
            if (training && dropout != null) {
                drop(z, count);
            }
        }
        return sums;
    }

    /** Values and derivatives alike, so that no gradient flows where nothing passed. */
    private void drop(float[] values, int count) {
        dropout.draw(count);
        dropout.mask(values, count);
        dropout.mask(slope, count);
        if (blend != null) {
            dropout.mask(blend.excess(), count);
        }
    }

    @Override
    public void dropout(double share) {
        if (dropout != null) {
            dropout.chance(share);
        }
    }

    @Override
    public List<Long> draws() {
        return dropout == null ? List.of() : List.of(dropout.draws());
    }

    @Override
    public void skipTo(Iterator<Long> draws) {
        if (dropout != null) {
            dropout.skipTo(draws.next());
        }
    }

    @Override
    public Tensor backward(Tensor gradient, int rows, boolean wanted) {
        float[] dz = gradient.values();
        if (nonlinearity != null) {
            if (blend != null) {
                blend.backward(dz, rows);
            }
            multiply(dz, slope, rows * outputs());
        }
        Tensor sums = norm == null ? gradient : norm.backward(gradient, rows, true);
        sumRows(sums.values(), bias.gradient(), rows);
        Products.weights(inputs, sums, weightGradient, rows);
        if (!wanted) {
            return null;
        }
        Products.inputs(sums, weights, inputGradient, rows);
        return inputGradient;
    }

    /** Scales the weights of every output so that it has deviation 1 over the batch before bias and activation. */
    @Override
    public void calibrate(Tensor x, int rows) {
        if (!standardised) {
            return;
        }
        Products.forward(x, weights, outputs, rows);
        int n = outputs();
        for (int column = 0; column < n; column++) {
            double deviation = deviation(column, rows);
            float factor = deviation > 1e-6 ? (float) (1 / deviation) : 1;
            for (int i = column; i < weights.values().length; i += n) {
                weights.values()[i] *= factor;
            }
        }
    }

    private double deviation(int column, int rows) {
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < rows; r++) {
            double value = outputs.values()[r * outputs() + column];
            sum += value;
            squares += value * value;
        }
        return Math.sqrt(Math.max(0, squares / rows - sum / rows * (sum / rows)));
    }

    @Override
    public int units() {
        return nonlinearity == null ? 0 : outputs();
    }

    /** What is added to a unit takes part in every row, so that it has a gradient where the unit has any. */
    @Override
    public int deadUnits() {
        int dead = 0;
        for (float gradient : (norm == null ? bias : norm.shift()).gradient()) {
            dead += gradient == 0 ? 1 : 0;
        }
        return nonlinearity == null ? 0 : dead;
    }

    private static void addToRows(float[] values, float[] row, int rows) {
        int n = row.length;
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            for (int c = 0; c < n; c++) {
                values[at + c] += row[c];
            }
        }
    }

    private static void sumRows(float[] values, float[] sums, int rows) {
        int n = sums.length;
        System.arraycopy(values, 0, sums, 0, n);
        for (int r = 1; r < rows; r++) {
            int at = r * n;
            for (int c = 0; c < n; c++) {
                sums[c] += values[at + c];
            }
        }
    }

    private static void multiply(float[] values, float[] factors, int count) {
        for (int i = 0; i < count; i++) {
            values[i] *= factors[i];
        }
    }

    @Override
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    @Override
    public void close() {
        weights.close();
        weightGradient.close();
        outputs.close();
        inputGradient.close();
        if (norm != null) {
            norm.close();
        }
    }
}
