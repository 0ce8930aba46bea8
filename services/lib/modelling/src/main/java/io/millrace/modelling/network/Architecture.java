package io.millrace.modelling.network;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.modelling.encode.NetworkEncoder;
import java.util.List;

/**
 * Shape of a network: the dense features and, flattened, the embeddings of the codes go into the first layer.
 *
 * @param dense dense features
 * @param codeColumns embedded columns, 0 for none
 * @param tableSize rows of the embedding table that they share
 * @param embedding columns of the embedding table
 * @param hidden widths of the hidden layers; empty for a linear model
 * @param activation of the hidden layers
 * @param outputs classes, or 1
 * @param classification softmax and cross entropy if so, otherwise identity and squared error
 */
record Architecture(
        int dense,
        int codeColumns,
        int tableSize,
        int embedding,
        List<Integer> hidden,
        Activation activation,
        int outputs,
        boolean classification) {

    Architecture {
        hidden = List.copyOf(hidden);
    }

    static Architecture of(NetworkConfiguration network, NetworkEncoder encoder, TargetCoding target) {
        return new Architecture(
                encoder.width(),
                encoder.codeColumns(),
                encoder.tableSize(),
                Math.max(1, network.embedding()),
                network.hidden(),
                network.activation(),
                target.outputs(),
                target.classification());
    }

    /** Inputs of the first layer. */
    int features() {
        return dense + codeColumns * embedding;
    }
}
