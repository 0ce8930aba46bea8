package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;

/** Which kind of network a family is, and how such a network is trained. */
enum Recipe {
    /** Dense layers with He initialisation, one-cycle learning rate, constant dropout and weight decay. */
    PLAIN {
        @Override
        TrainingRules rules(NetworkConfiguration network, double peak, int steps, long seed) {
            return new TrainingRules(
                    network.optimizer(),
                    0.999,
                    new OneCycle(peak, steps),
                    Schedule.constant(network.weightDecay()),
                    Schedule.constant(network.dropout()),
                    AVERAGED * steps,
                    seed);
        }
    },
    /**
     * RealMLP (Holzmueller et al. 2024): periodic embeddings of numbers, a trainable scale per column, layers in neural
     * tangent form with parametric activations; four cycles of the learning rate, flat-cosine dropout and weight decay.
     */
    REAL {
        @Override
        TrainingRules rules(NetworkConfiguration network, double peak, int steps, long seed) {
            return new TrainingRules(
                    network.optimizer(),
                    0.95,
                    Schedule.cosineOfLogarithm(peak, steps),
                    Schedule.flatCosine(network.weightDecay(), steps),
                    Schedule.flatCosine(network.dropout(), steps),
                    AVERAGED * steps,
                    seed);
        }
    };

    /** Share of the steps over which weights are averaged. */
    private static final double AVERAGED = 0.06;

    static Recipe of(NetworkConfiguration network) {
        return network.family().equals(NetworkConfiguration.REALMLP) ? REAL : PLAIN;
    }

    /**
     * How weights change along a training.
     *
     * @param peak highest learning rate
     * @param steps optimizer steps of the whole training
     */
    abstract TrainingRules rules(NetworkConfiguration network, double peak, int steps, long seed);
}
