package io.millrace.modelling.network;

import io.millrace.configuration.Activation;
import io.millrace.modelling.layer.Nonlinearity;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network of dense layers as Deeplearning4j has it: for users who load models there, and as the reference that ours is
 * tested against, step by step.
 */
final class DeeplearningNetwork {
    private DeeplearningNetwork() {}

    /** Whether Deeplearning4j has all that the network is made of: dense columns in, plain layers, its own activations. */
    static boolean canExpress(Architecture shape) {
        // its GELU is another function than Nonlinearity.GELU
        return shape.recipe() == Recipe.PLAIN
                && shape.front().passesThrough()
                && (!shape.normalised() || shape.hidden().isEmpty())
                && (shape.activation() != Activation.GELU || shape.hidden().isEmpty());
    }

    /**
     * The same network with the same weights.
     *
     * @param weights in the order of {@link Network#weights()}
     * @param updater how Deeplearning4j would train it further
     */
    static MultiLayerNetwork of(Architecture shape, float[] weights, IUpdater updater) {
        List<Integer> widths = new ArrayList<>();
        widths.add(shape.front().outputs());
        widths.addAll(shape.hidden());
        widths.add(shape.outputs());
        MultiLayerNetwork network = layers(shape, widths, updater);
        int at = 0;
        for (int layer = 0; layer + 1 < widths.size(); layer++) {
            INDArray matrix = network.getParam(layer + "_W");
            for (int in = 0; in < widths.get(layer); in++) {
                for (int out = 0; out < widths.get(layer + 1); out++) {
                    matrix.putScalar(in, out, weights[at++]);
                }
            }
            INDArray biases = network.getParam(layer + "_b");
            for (int out = 0; out < widths.get(layer + 1); out++) {
                biases.putScalar(out, weights[at++]);
            }
        }
        return network;
    }

    private static MultiLayerNetwork layers(Architecture shape, List<Integer> widths, IUpdater updater) {
        NeuralNetConfiguration.ListBuilder layers =
                new NeuralNetConfiguration.Builder().updater(updater).list();
        int last = widths.size() - 2;
        for (int layer = 0; layer < last; layer++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(widths.get(layer))
                    .nOut(widths.get(layer + 1))
                    .activation(activation(shape.nonlinearity()))
                    .build());
        }
        layers.layer(new OutputLayer.Builder(shape.classification() ? LossFunction.MCXENT : LossFunction.MSE)
                .nIn(widths.get(last))
                .nOut(widths.get(last + 1))
                .activation(
                        shape.classification()
                                ? org.nd4j.linalg.activations.Activation.SOFTMAX
                                : org.nd4j.linalg.activations.Activation.IDENTITY)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private static org.nd4j.linalg.activations.Activation activation(Nonlinearity nonlinearity) {
        return switch (nonlinearity) {
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case SELU -> org.nd4j.linalg.activations.Activation.SELU;
            case MISH -> org.nd4j.linalg.activations.Activation.MISH;
            case GELU -> throw new IllegalArgumentException("Deeplearning4j's GELU is another function");
        };
    }
}
