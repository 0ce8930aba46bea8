package io.millrace.modelling.network;

import io.millrace.modelling.layer.Dense;
import io.millrace.modelling.layer.DensePlan;
import io.millrace.modelling.layer.InputDropout;
import io.millrace.modelling.layer.Layer;
import io.millrace.modelling.layer.LayerNorm;
import io.millrace.modelling.layer.Members;
import io.millrace.modelling.layer.MembersPlan;
import io.millrace.modelling.layer.Residual;
import io.millrace.modelling.layer.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Builds the layers of an architecture behind its front, with initial weights, for at most so many rows at a time. */
final class LayerStack {
    private final Architecture shape;
    private final int rows;
    private final SplittableRandom random;

    LayerStack(Architecture shape, int rows, SplittableRandom random) {
        this.shape = shape;
        this.rows = rows;
        this.random = random;
    }

    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        if (shape.inputDropout() > 0) {
            layers.add(new InputDropout(shape.front().outputs(), shape.inputDropout(), rows, random));
        }
        layers.addAll(behindInputs());
        return layers;
    }

    private List<Layer> behindInputs() {
        return switch (shape.recipe()) {
            case PLAIN -> plain(output());
            // A stage starts from what is there already.
            case BOOSTED -> plain(output().fromZero());
            case REAL, REAL_SIMPLE -> real();
            case TABM -> List.of(members());
            case RESNET -> residual();
        };
    }

    private DensePlan output() {
        return DensePlan.output(lastWidth(), shape.outputs());
    }

    private List<Layer> plain(DensePlan output) {
        List<Layer> layers = hidden(rows);
        layers.add(new Dense(output, rows, random));
        return layers;
    }

    private List<Layer> hidden(int rows) {
        List<Layer> layers = new ArrayList<>();
        int width = shape.front().outputs();
        for (int units : shape.hidden()) {
            layers.add(new Dense(normalised(unnormalised(width, units)), rows, random));
            width = units;
        }
        return layers;
    }

    private DensePlan unnormalised(int width, int units) {
        return DensePlan.hidden(width, units, shape.nonlinearity(), shape.dropout());
    }

    private DensePlan normalised(DensePlan plan) {
        return shape.normalised() ? plan.withLayerNorm() : plan;
    }

    private int lastWidth() {
        return shape.hidden().isEmpty()
                ? shape.front().outputs()
                : shape.hidden().get(shape.hidden().size() - 1);
    }

    private List<Layer> real() {
        boolean simple = shape.recipe() == Recipe.REAL_SIMPLE;
        List<Layer> layers = new ArrayList<>();
        int width = shape.front().outputs();
        layers.add(new Scale(width, rows));
        for (int units : shape.hidden()) {
            DensePlan plan = normalised(DensePlan.realHidden(width, units, shape.nonlinearity(), shape.dropout()));
            layers.add(new Dense(simple ? plan.withPlainActivation() : plan, rows, random));
            width = units;
        }
        DensePlan output = DensePlan.realOutput(width, shape.outputs());
        layers.add(new Dense(simple ? output.fromZero() : output, rows, random));
        return layers;
    }

    private Layer members() {
        boolean embedded = !shape.front().passesThrough();
        List<Integer> sources = Arrays.stream(shape.front().sources()).boxed().toList();
        return new Members(
                new MembersPlan(shape.members(), sources, embedded),
                hidden(rows * shape.members()),
                shape.outputs(),
                rows,
                random);
    }

    /** The first width is that of the trunk, each other that of a block; blocks start as 0. */
    private List<Layer> residual() {
        int trunk = shape.hidden().get(0);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Dense(DensePlan.output(shape.front().outputs(), trunk), rows, random));
        for (int units : shape.hidden().subList(1, shape.hidden().size())) {
            List<Layer> block = new ArrayList<>(norm(trunk));
            block.add(new Dense(unnormalised(trunk, units), rows, random));
            block.add(new Dense(DensePlan.output(units, trunk).fromZero(), rows, random));
            layers.add(new Residual(block, rows));
        }
        layers.addAll(norm(trunk));
        layers.add(new Dense(DensePlan.output(trunk, shape.outputs()), rows, random));
        return layers;
    }

    private List<Layer> norm(int width) {
        return shape.normalised() ? List.of(new LayerNorm(width, rows)) : List.of();
    }
}
