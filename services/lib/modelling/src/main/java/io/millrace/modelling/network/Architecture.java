package io.millrace.modelling.network;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.layer.Dense;
import io.millrace.modelling.layer.DensePlan;
import io.millrace.modelling.layer.FrontPlan;
import io.millrace.modelling.layer.Layer;
import io.millrace.modelling.layer.Nonlinearity;
import io.millrace.modelling.layer.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Shape of a network: what enters the first layer, and the layers.
 *
 * @param recipe kind of layers
 * @param front dense columns and embeddings
 * @param hidden widths of the hidden layers; empty for a linear model
 * @param activation of the hidden layers
 * @param dropout whether hidden outputs are dropped in training
 * @param outputs classes, or 1
 * @param classification softmax and cross entropy if so, otherwise identity and squared error
 */
record Architecture(
        Recipe recipe,
        FrontPlan front,
        List<Integer> hidden,
        Activation activation,
        boolean dropout,
        int outputs,
        boolean classification) {
    private static final double SMALL_EMBEDDING = 0.1;
    /** Periodic embeddings of more columns than this would make the first layer the most expensive one. */
    private static final int MOST_PERIODIC = 200;

    Architecture {
        hidden = List.copyOf(hidden);
    }

    static Architecture of(NetworkConfiguration network, NetworkEncoder encoder, TargetCoding target) {
        Recipe recipe = Recipe.of(network);
        List<Integer> numbers = recipe == Recipe.REAL ? encoder.numberColumns() : List.of();
        return new Architecture(
                recipe,
                new FrontPlan(
                        encoder.width(),
                        numbers.size() <= MOST_PERIODIC ? numbers : List.of(),
                        encoder.codeColumns(),
                        encoder.tableSize(),
                        Math.max(1, network.embedding()),
                        recipe == Recipe.REAL ? 1 : SMALL_EMBEDDING),
                network.hidden(),
                network.activation(),
                network.dropout() > 0,
                target.outputs(),
                target.classification());
    }

    /** The layers behind the front, with initial weights, for at most {@code rows} rows at a time. */
    List<Layer> layers(int rows, SplittableRandom random) {
        List<Layer> layers = new ArrayList<>();
        int width = front.outputs();
        if (recipe == Recipe.REAL) {
            layers.add(new Scale(width, rows));
        }
        for (int units : hidden) {
            layers.add(new Dense(hiddenLayer(width, units), rows, random));
            width = units;
        }
        layers.add(new Dense(
                recipe == Recipe.REAL ? DensePlan.realOutput(width, outputs) : DensePlan.output(width, outputs),
                rows,
                random));
        return layers;
    }

    private DensePlan hiddenLayer(int inputs, int units) {
        return recipe == Recipe.REAL
                ? DensePlan.realHidden(inputs, units, nonlinearity(), dropout)
                : DensePlan.hidden(inputs, units, nonlinearity(), dropout);
    }

    Nonlinearity nonlinearity() {
        return switch (activation) {
            case RELU -> Nonlinearity.RELU;
            case SELU -> Nonlinearity.SELU;
            case MISH -> Nonlinearity.MISH;
            case GELU -> Nonlinearity.GELU;
        };
    }
}
