package io.millrace.modelling.layer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * TabM-mini (Gorishniy et al., ICLR 2025): k networks that share all layers but look at the inputs through factors of
 * their own and have heads of their own. They are rows of the products: row r of the batch becomes rows r k to r k + k - 1.
 * Puts out rows x (k outputs), which is (rows k) x outputs as well.
 */
public final class Members implements Layer {
    private final int members;
    private final MemberScale scale;
    private final List<Layer> shared;
    private final MemberHeads heads;

    /**
     * Members around shared layers.
     *
     * @param plan how many they are and what they look at
     * @param shared layers for {@code rows} times as many rows as there are members
     * @param outputs columns that each member puts out
     * @param rows most rows of a batch
     */
    public Members(MembersPlan plan, List<Layer> shared, int outputs, int rows, SplittableRandom random) {
        this.members = plan.members();
        this.scale = new MemberScale(plan, rows, random);
        this.shared = List.copyOf(shared);
        int width = shared.isEmpty()
                ? plan.sources().size()
                : shared.get(shared.size() - 1).outputs();
        this.heads = new MemberHeads(members, width, outputs, rows, random);
    }

    @Override
    public int outputs() {
        return members * heads.outputs();
    }

    @Override
    public Tensor forward(Tensor inputs, int rows, boolean training) {
        Tensor values = scale.forward(inputs, rows);
        for (Layer layer : shared) {
            values = layer.forward(values, rows * members, training);
        }
        return heads.forward(values, rows);
    }

    @Override
    public Tensor backward(Tensor gradient, int rows, boolean wanted) {
        Tensor values = heads.backward(gradient, rows);
        for (int l = shared.size() - 1; l >= 0; l--) {
            values = shared.get(l).backward(values, rows * members, true);
        }
        return scale.backward(values, rows, wanted);
    }

    @Override
    public void dropout(double share) {
        shared.forEach(layer -> layer.dropout(share));
    }

    @Override
    public List<Long> draws() {
        return shared.stream().flatMap(layer -> layer.draws().stream()).toList();
    }

    @Override
    public void skipTo(Iterator<Long> draws) {
        shared.forEach(layer -> layer.skipTo(draws));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(scale.parameter());
        shared.forEach(layer -> parameters.addAll(layer.parameters()));
        parameters.addAll(heads.parameters());
        return parameters;
    }

    @Override
    public int units() {
        return shared.stream().mapToInt(Layer::units).sum();
    }

    @Override
    public int deadUnits() {
        return shared.stream().mapToInt(Layer::deadUnits).sum();
    }

    @Override
    public void close() {
        scale.close();
        shared.forEach(Layer::close);
        heads.close();
    }
}
