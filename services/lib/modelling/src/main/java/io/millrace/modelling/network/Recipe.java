package io.millrace.modelling.network;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.RegressionLoss;
import io.millrace.modelling.layer.PointLoss;

/** Which kind of network a family is, and how such a network is trained unless its configuration says otherwise. */
enum Recipe {
    /** Dense layers with He initialisation, one-cycle learning rate, constant dropout and weight decay. */
    PLAIN(0.999),
    /**
     * RealMLP (Holzmueller et al. 2024): periodic embeddings of numbers, a trainable scale per column, layers in neural
     * tangent form with parametric activations; four cycles of the learning rate, flat-cosine dropout and weight decay.
     */
    REAL(0.95),
    /** RealMLP's simple form: plain activations, no embeddings of numbers, a last layer that starts as 0. */
    REAL_SIMPLE(0.95),
    /** TabM-mini (Gorishniy et al., ICLR 2025): members that share plain layers. */
    TABM(0.999),
    /** A trunk with residual blocks (Gorishniy et al. 2021). */
    RESNET(0.999),
    /** Stages of dense layers (after GrowNet, Badirli et al. 2020), each trained along a schedule of its own. */
    BOOSTED(0.999);

    /** Share of the steps over which weights are averaged. */
    private static final double AVERAGED = 0.06;

    private static final double HUBER_LIMIT = 1;
    private static final double MEDIAN = 0.5;

    private final double beta2;

    Recipe(double beta2) {
        this.beta2 = beta2;
    }

    static Recipe of(NetworkConfiguration network) {
        return switch (network.family()) {
            case NetworkConfiguration.REALMLP -> REAL;
            case NetworkConfiguration.REALMLP_S -> REAL_SIMPLE;
            case NetworkConfiguration.TABM -> TABM;
            case NetworkConfiguration.RESNET -> RESNET;
            case NetworkConfiguration.BOOSTED -> BOOSTED;
            default -> PLAIN;
        };
    }

    boolean isReal() {
        return this == REAL || this == REAL_SIMPLE;
    }

    /** What is minimised where the target is a number. */
    static PointLoss loss(NetworkConfiguration network) {
        return switch (network.loss().orElse(RegressionLoss.SQUARED)) {
            case SQUARED -> PointLoss.squared();
            case HUBER -> PointLoss.huber(HUBER_LIMIT);
            case QUANTILE -> PointLoss.quantile(network.quantile().orElse(MEDIAN));
        };
    }

    /**
     * How weights change along a training.
     *
     * @param range where the learning rate moves
     * @param steps optimizer steps of the whole training
     */
    static TrainingRules rules(NetworkConfiguration network, LearningRateRange range, int steps, long seed) {
        Recipe recipe = of(network);
        return new TrainingRules(
                network.optimizer(),
                recipe.beta2,
                Schedule.of(network.scheduleOrUsual(), range, steps),
                recipe.fading(network.weightDecay(), steps),
                recipe.fading(network.l1().orElse(0.0), steps),
                recipe.fading(network.dropout(), steps),
                AVERAGED * steps,
                network.clip().orElse(Double.POSITIVE_INFINITY),
                loss(network),
                network.labelSmoothing(),
                seed);
    }

    private Schedule fading(double value, int steps) {
        return isReal() ? Schedule.flatCosine(value, steps) : Schedule.constant(value);
    }
}
