package io.millrace.modelling.layer;

import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Drops inputs in training (Srivastava et al. 2014), so that no unit relies on single columns: for many columns of one kind that
 * tell much the same, such as pixels.
 */
public final class InputDropout implements Layer {
    private final Dropout dropout;
    private final Tensor outputs;
    private final Tensor inputGradient;

    /**
     * A layer for at most {@code rows} rows at a time.
     *
     * @param share share of the inputs that become 0, 0 to 1; the others grow by as much
     */
    public InputDropout(int columns, double share, int rows, SplittableRandom random) {
        this.dropout = new Dropout(rows * columns, random.split());
        this.dropout.chance(share);
        this.outputs = new Tensor(rows, columns);
        this.inputGradient = new Tensor(rows, columns);
    }

    @Override
    public int outputs() {
        return outputs.columns();
    }

    @Override
    public Tensor forward(Tensor inputs, int rows, boolean training) {
        if (!training) {
            return inputs;
        }
        int count = rows * outputs();
        System.arraycopy(inputs.values(), 0, outputs.values(), 0, count);
        dropout.draw(count);
        dropout.mask(outputs.values(), count);
        return outputs;
    }

    @Override
    public Tensor backward(Tensor gradient, int rows, boolean wanted) {
        if (!wanted) {
            return null;
        }
        int count = rows * outputs();
        System.arraycopy(gradient.values(), 0, inputGradient.values(), 0, count);
        dropout.mask(inputGradient.values(), count);
        return inputGradient;
    }

    @Override
    public List<Long> draws() {
        return List.of(dropout.draws());
    }

    @Override
    public void skipTo(Iterator<Long> draws) {
        dropout.skipTo(draws.next());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public void close() {
        outputs.close();
        inputGradient.close();
    }
}
