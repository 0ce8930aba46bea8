package io.millrace.modelling.layer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** x + f(x), with f a stack of layers that puts out as many columns as it takes (He et al., arXiv 1512.03385). */
public final class Residual implements Layer {
    private final List<Layer> inner;
    private final Tensor outputs;
    private final Tensor inputGradient;

    /** A residual block around layers for at most {@code rows} rows. */
    public Residual(List<Layer> inner, int rows) {
        this.inner = List.copyOf(inner);
        int columns = inner.get(inner.size() - 1).outputs();
        this.outputs = new Tensor(rows, columns);
        this.inputGradient = new Tensor(rows, columns);
    }

    @Override
    public int outputs() {
        return outputs.columns();
    }

    @Override
    public Tensor forward(Tensor x, int rows, boolean training) {
        Tensor values = x;
        for (Layer layer : inner) {
            values = layer.forward(values, rows, training);
        }
        add(x.values(), values.values(), outputs.values(), rows * outputs());
        return outputs;
    }

    @Override
    public Tensor backward(Tensor gradient, int rows, boolean wanted) {
        int count = rows * outputs();
        System.arraycopy(gradient.values(), 0, inputGradient.values(), 0, count);
        Tensor values = gradient;
        for (int l = inner.size() - 1; l >= 0; l--) {
            values = inner.get(l).backward(values, rows, l > 0 || wanted);
        }
        if (!wanted) {
            return null;
        }
        add(inputGradient.values(), values.values(), inputGradient.values(), count);
        return inputGradient;
    }

    private static void add(float[] a, float[] b, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = a[i] + b[i];
        }
    }

    @Override
    public void dropout(double share) {
        inner.forEach(layer -> layer.dropout(share));
    }

    @Override
    public List<Long> draws() {
        return inner.stream().flatMap(layer -> layer.draws().stream()).toList();
    }

    @Override
    public void skipTo(Iterator<Long> draws) {
        inner.forEach(layer -> layer.skipTo(draws));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        inner.forEach(layer -> parameters.addAll(layer.parameters()));
        return parameters;
    }

    @Override
    public int units() {
        return inner.stream().mapToInt(Layer::units).sum();
    }

    @Override
    public int deadUnits() {
        return inner.stream().mapToInt(Layer::deadUnits).sum();
    }

    @Override
    public void close() {
        inner.forEach(Layer::close);
        outputs.close();
        inputGradient.close();
    }
}
