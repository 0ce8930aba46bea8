package io.millrace.modelling.network;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.layer.Edges;
import io.millrace.modelling.layer.FrontPlan;
import io.millrace.modelling.layer.Nonlinearity;
import java.util.List;

/**
 * Shape of a network: what enters the first layer, and the layers.
 *
 * @param recipe kind of layers
 * @param front dense columns and embeddings
 * @param hidden widths of the hidden layers, of each stage where there are several; empty for a linear model
 * @param activation of the hidden layers
 * @param dropout whether hidden outputs are dropped in training
 * @param outputs classes, or 1
 * @param classification softmax and cross entropy if so, otherwise identity and squared error
 * @param inputDropout share of what the front puts out that is dropped in training, 0 to 1
 * @param members networks whose predictions are averaged; 1 but for TabM
 * @param normalisation what holds the numbers between layers in bounds
 */
record Architecture(
        Recipe recipe,
        FrontPlan front,
        List<Integer> hidden,
        Activation activation,
        boolean dropout,
        double inputDropout,
        int outputs,
        boolean classification,
        int members,
        Normalisation normalisation) {
    private static final double SMALL_EMBEDDING = 0.1;
    /** Embeddings of more columns than this would make the first layer the most expensive one. */
    private static final int MOST_EMBEDDED = 200;

    Architecture {
        hidden = List.copyOf(hidden);
        if (recipe == Recipe.RESNET && hidden.isEmpty()) {
            throw new IllegalArgumentException("a resnet needs at least the width of its trunk");
        }
        // a model of before there were members, or a choice of the normalisation, does not mention them
        members = Math.max(1, members);
        normalisation = normalisation != null
                ? normalisation
                : recipe == Recipe.RESNET ? Normalisation.LAYER : Normalisation.NONE;
    }

    /** The shape for a data set, whose encoded training rows say where piecewise-linear embeddings bend. */
    static Architecture of(
            NetworkConfiguration network, NetworkEncoder encoder, TargetCoding target, Encoded training) {
        Recipe recipe = Recipe.of(network);
        List<Integer> numbers = encoder.numberColumns().size() <= MOST_EMBEDDED ? encoder.numberColumns() : List.of();
        NumberEmbedding embedding = network.numbersOrUsual();
        List<Edges> edges = embedding == NumberEmbedding.PIECEWISE_LINEAR
                ? numbers.stream()
                        .map(column -> QuantileEdges.of(training.dense(), column))
                        .toList()
                : List.of();
        return new Architecture(
                recipe,
                new FrontPlan(
                        encoder.width(),
                        embedding == NumberEmbedding.PERIODIC ? numbers : List.of(),
                        edges,
                        encoder.codeColumns(),
                        encoder.tableSize(),
                        Math.max(1, network.embedding()),
                        recipe.isReal() ? 1 : SMALL_EMBEDDING),
                network.hidden(),
                network.activation(),
                network.dropout() > 0,
                network.inputDropout().orElse(0.0),
                target.outputs(),
                target.classification(),
                recipe == Recipe.TABM ? network.members().orElse(NetworkConfiguration.MEMBERS) : 1,
                network.normalisationOrUsual());
    }

    boolean normalised() {
        return normalisation == Normalisation.LAYER;
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
