package io.millrace.modelling.network;

import io.millrace.configuration.Activation;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** From an architecture to a Deeplearning4j graph with the inputs {@code dense} and, if there are codes, {@code codes}. */
final class GraphPlan {
    private static final double SMALL_EMBEDDING = 0.1;

    private GraphPlan() {}

    /** A graph that can be trained. */
    static ComputationGraphConfiguration forTraining(Architecture shape, TrainingRules rules) {
        List<Regularization> decay = rules.network().weightDecay() > 0
                ? List.of(new DecoupledDecay(rules.network().weightDecay()))
                : List.of();
        return graph(
                shape,
                new NeuralNetConfiguration.Builder().seed(rules.seed()).updater(rules.updater()),
                decay,
                rules.retained());
    }

    /** A graph that only predicts. */
    static ComputationGraphConfiguration forPrediction(Architecture shape) {
        return graph(shape, new NeuralNetConfiguration.Builder().seed(0).updater(new NoOp()), List.of(), 1);
    }

    private static ComputationGraphConfiguration graph(
            Architecture shape, NeuralNetConfiguration.Builder base, List<Regularization> decay, double retained) {
        boolean embeds = shape.codeColumns() > 0;
        GraphBuilder graph = base.graphBuilder().addInputs(embeds ? List.of("dense", "codes") : List.of("dense"));
        String below = "dense";
        if (embeds) {
            int width = shape.codeColumns() * shape.embedding();
            graph.addLayer("embedding", embedding(shape), "codes")
                    .addVertex("flat", new ReshapeVertex('c', new int[] {-1, width}, null), "embedding")
                    .addVertex("features", new MergeVertex(), "dense", "flat");
            below = "features";
        }
        int width = shape.features();
        for (int h = 0; h < shape.hidden().size(); h++) {
            int units = shape.hidden().get(h);
            DenseLayer.Builder layer = new DenseLayer.Builder()
                    .activation(activation(shape.activation()))
                    .weightInit(initial(shape.activation()));
            graph.addLayer(
                    "hidden" + h,
                    sized(layer, width, units, decay, h == 0 ? 1 : retained).build(),
                    below);
            below = "hidden" + h;
            width = units;
        }
        OutputLayer.Builder output = new OutputLayer.Builder(
                        shape.classification() ? LossFunction.MCXENT : LossFunction.MSE)
                .activation(
                        shape.classification()
                                ? org.nd4j.linalg.activations.Activation.SOFTMAX
                                : org.nd4j.linalg.activations.Activation.IDENTITY)
                .weightInit(WeightInit.XAVIER);
        double kept = shape.hidden().isEmpty() ? 1 : retained;
        return graph.addLayer(
                        "output",
                        sized(output, width, shape.outputs(), decay, kept).build(),
                        below)
                .setOutputs("output")
                .build();
    }

    /**
     * Deeplearning4j drops a layer's input, so a hidden layer's dropout is set on the layer above. Weight decay is set
     * on the layer: set for the whole network it would act twice.
     */
    private static <B extends FeedForwardLayer.Builder<B>> B sized(
            B layer, int in, int out, List<Regularization> decay, double retained) {
        layer.nIn(in).nOut(out).regularization(decay);
        if (retained < 1) {
            layer.dropOut(retained);
        }
        return layer;
    }

    private static EmbeddingSequenceLayer embedding(Architecture shape) {
        return new EmbeddingSequenceLayer.Builder()
                .nIn(shape.tableSize())
                .nOut(shape.embedding())
                .inputLength(shape.codeColumns())
                .hasBias(false)
                .weightInit(new org.deeplearning4j.nn.conf.distribution.NormalDistribution(0, SMALL_EMBEDDING))
                .build();
    }

    private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
        return switch (activation) {
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case SELU -> org.nd4j.linalg.activations.Activation.SELU;
            case MISH -> org.nd4j.linalg.activations.Activation.MISH;
            case GELU -> org.nd4j.linalg.activations.Activation.GELU;
        };
    }

    /** He initialisation, but LeCun's for SELU, which normalises itself only then. */
    private static WeightInit initial(Activation activation) {
        return activation == Activation.SELU ? WeightInit.LECUN_NORMAL : WeightInit.RELU;
    }
}
