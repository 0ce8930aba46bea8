package io.millrace.configuration;

import java.util.List;
import java.util.Optional;

/**
 * A neural network and its training.
 *
 * @param family {@code linear}, {@code mlp}, {@value #REALMLP}, {@value #REALMLP_S}, {@value #TABM}, {@value #RESNET} or
 *     {@value #BOOSTED}
 * @param hidden widths of the hidden layers, input side first; empty for a linear model. Of {@value #RESNET}: the width
 *     of the trunk, then those inside the blocks. Of {@value #BOOSTED}: those of each stage
 * @param activation non-linearity of the hidden layers
 * @param embedding width of the entity embedding of categories with more levels than are one-hot encoded
 * @param dropout share of hidden activations dropped in training, 0 to 1
 * @param weightDecay decoupled weight decay per unit learning rate; none on biases
 * @param labelSmoothing share of probability spread evenly over the classes, 0 to 1
 * @param optimizer rule that turns gradients into steps
 * @param batchSize rows per step
 * @param epochs passes over the training rows; the schedule spans them. Of {@value #BOOSTED}: those of all stages together
 * @param patience epochs without a better validation score after which training stops
 * @param members networks of {@value #TABM}, stages of {@value #BOOSTED}; absent for {@value #MEMBERS}
 * @param numbers how numbers are embedded; absent for what the family has: periodic for {@value #REALMLP}, else none
 * @param loss what is minimised where the target is a number; absent for the squared error
 * @param quantile quantile that the quantile loss aims at, between 0 and 1; absent for the median
 * @param clip greatest norm of the gradient of all weights together; absent for any
 * @param schedule course of the learning rate; absent for that of the family
 * @param classWeights how much rows of each class count; absent for equal
 * @param inputDropout share of the inputs of the first layer, embedded ones among them, dropped in training, 0 to 1; absent for none
 * @param normalisation what holds the numbers between layers in bounds; absent for what the family has: layer norm for {@value #RESNET},
 *     else nothing
 * @param l1 decoupled L1 penalty per unit learning rate: what a step takes off the size of a weight, down to 0; none on biases; absent for
 *     none
 * @param rowSample share of the training rows that a model sees, drawn once for each, 0 to 1; absent for all
 * @param bagging how many models a fold trains; absent for what is usual
 * @param pairs inputs at most that are made of two numbers each, their sum, difference, product or ratio; absent for none
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
        int patience,
        Optional<Integer> members,
        Optional<NumberEmbedding> numbers,
        Optional<RegressionLoss> loss,
        Optional<Double> quantile,
        Optional<Double> clip,
        Optional<RateSchedule> schedule,
        Optional<ClassWeights> classWeights,
        Optional<Double> inputDropout,
        Optional<Normalisation> normalisation,
        Optional<Double> l1,
        Optional<Double> rowSample,
        Optional<Bagging> bagging,
        Optional<Integer> pairs)
        implements Configuration {
    /** Family of the linear model: no hidden layer. */
    public static final String LINEAR = "linear";
    /** Family of plain multi-layer perceptrons. */
    public static final String MLP = "mlp";
    /** Family of RealMLP (Holzmueller et al. 2024), which has layers and schedules of its own. */
    public static final String REALMLP = "realmlp";
    /** Family of RealMLP's simple form: its scale, layers and schedule without embeddings. */
    public static final String REALMLP_S = "realmlp-s";
    /** Family of TabM-mini (Gorishniy et al. 2025): many networks that share their layers. */
    public static final String TABM = "tabm";
    /** Family of the residual network for tables (Gorishniy et al. 2021). */
    public static final String RESNET = "resnet";
    /** Family of boosted small networks (after GrowNet, Badirli et al. 2020): each is trained on what those before it leave. */
    public static final String BOOSTED = "boosted";
    /** The families of networks. */
    public static final List<String> NETWORKS = List.of(LINEAR, MLP, RESNET, TABM, REALMLP, REALMLP_S, BOOSTED);
    /** Networks of {@value #TABM} and stages of {@value #BOOSTED} unless said otherwise. */
    public static final int MEMBERS = 8;
    /** Terms of a text that networks see at most. */
    public static final int MOST_TERMS = 1000;

    public NetworkConfiguration {
        hidden = List.copyOf(hidden);
    }

    @Override
    public double progress(int step) {
        return (double) step / epochs;
    }

    /** A configuration without options. */
    public NetworkConfiguration(
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
            int patience) {
        this(
                family,
                hidden,
                activation,
                embedding,
                dropout,
                weightDecay,
                labelSmoothing,
                optimizer,
                batchSize,
                epochs,
                patience,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** How numbers are embedded: as configured, or as the family has it. */
    public NumberEmbedding numbersOrUsual() {
        return numbers.orElse(usualNumbers());
    }

    /** How the family embeds numbers unless configured otherwise. */
    public NumberEmbedding usualNumbers() {
        return family.equals(REALMLP) ? NumberEmbedding.PERIODIC : NumberEmbedding.NONE;
    }

    /** Course of the learning rate: as configured, or as the family has it. */
    public RateSchedule scheduleOrUsual() {
        return schedule.orElse(usualSchedule());
    }

    /** Course of the family's learning rate unless configured otherwise. */
    public RateSchedule usualSchedule() {
        return family.equals(REALMLP) || family.equals(REALMLP_S) ? RateSchedule.COSLOG4 : RateSchedule.ONE_CYCLE;
    }

    /** What holds the numbers between layers in bounds: as configured, or as the family has it. */
    public Normalisation normalisationOrUsual() {
        return normalisation.orElse(usualNormalisation());
    }

    /** What the family has unless configured otherwise. */
    public Normalisation usualNormalisation() {
        return family.equals(RESNET) ? Normalisation.LAYER : Normalisation.NONE;
    }

    /** A builder that starts from this configuration. */
    public NetworkConfigurationBuilder but() {
        return new NetworkConfigurationBuilder(this);
    }
}
