package io.millrace.configuration;

import java.util.List;

/**
 * A neural network and its training.
 *
 * @param family {@code linear}, {@code mlp} or {@value #REALMLP}
 * @param hidden widths of the hidden layers, input side first; empty for a linear model
 * @param activation non-linearity of the hidden layers
 * @param embedding width of the entity embedding of categories with more levels than are one-hot encoded
 * @param dropout share of hidden activations dropped in training, 0 to 1
 * @param weightDecay decoupled weight decay per unit learning rate; none on biases
 * @param labelSmoothing share of probability spread evenly over the classes, 0 to 1
 * @param optimizer rule that turns gradients into steps
 * @param batchSize rows per step
 * @param epochs passes over the training rows; the one-cycle schedule spans them
 * @param patience epochs without a better validation score after which training stops
 */
public record NetworkConfiguration(
        String family,
        List<Integer> hidden,
        Activation activation,
        int embedding,
        double dropout,
        double weightDecay,
        double labelSmoothing,
        Optimizer optimizer,
        int batchSize,
        int epochs,
        int patience)
        implements Configuration {
    /** Family of RealMLP (Holzmueller et al. 2024), which has layers and schedules of its own. */
    public static final String REALMLP = "realmlp";

    public NetworkConfiguration {
        hidden = List.copyOf(hidden);
    }
}
