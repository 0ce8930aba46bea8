package io.millrace.configuration;

/**
 * Learning rates that mostly work, for when no range test tells better. Peaks of one-cycle that range tests of the open data sets
 * usually led to (services/lib/modelling/README.md, "Networks"): families differ by more than a factor of ten.
 */
public final class UsualRates {
    private static final double BASE_DIVISOR = 4;

    private UsualRates() {}

    /** The range of a network, from a quarter of its peak up to it. */
    public static LearningRateRange of(NetworkConfiguration network) {
        double peak =
                switch (network.optimizer()) {
                    case ADAM, ADAMW, NADAM, AMSGRAD -> adaptive(network);
                    case RMSPROP -> 0.01;
                    case ADAGRAD -> 0.03;
                    case NESTEROV, SGD -> 0.1;
                };
        return new LearningRateRange(peak / BASE_DIVISOR, peak);
    }

    private static double adaptive(NetworkConfiguration network) {
        return switch (network.family()) {
            case NetworkConfiguration.REALMLP, NetworkConfiguration.REALMLP_S -> 0.06;
            case NetworkConfiguration.TABM -> 0.02;
            case NetworkConfiguration.RESNET -> 3e-3;
            case NetworkConfiguration.LINEAR -> 0.03;
            default -> network.numbersOrUsual() == NumberEmbedding.PIECEWISE_LINEAR ? 0.015 : 3e-3;
        };
    }
}
