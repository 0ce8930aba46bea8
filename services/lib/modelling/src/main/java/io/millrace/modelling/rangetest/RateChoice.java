package io.millrace.modelling.rangetest;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.UsualRates;
import io.millrace.events.Suggestions;

/**
 * Which range to train in, given what the rules suggest. Measured on five data sets (module README, "Networks"): the
 * best peak for one-cycle lay near the rule {@code minimum}, while {@code valley} was 5 to 50 times too low, as it is
 * meant for a constant rate. Some networks bear several times as much.
 *
 * @param boldness how many times the rule's minimum the peak is
 * @param lowest least peak; outside of these bounds none was tried, and a noisy curve must not ruin a trial
 * @param highest greatest peak
 */
record RateChoice(double boldness, double lowest, double highest) {
    private static final double BASE_DIVISOR = 4;

    /** The range; the usual rates of the network where no rule found a minimum. */
    static LearningRateRange of(Suggestions suggestions, NetworkConfiguration network) {
        return suggestions
                .minimum()
                .map(minimum -> of(network).peak(minimum))
                .map(peak -> new LearningRateRange(peak / BASE_DIVISOR, peak))
                .orElseGet(() -> UsualRates.of(network));
    }

    private double peak(double minimum) {
        return Math.max(lowest, Math.min(highest, boldness * minimum));
    }

    private static RateChoice of(NetworkConfiguration network) {
        return switch (network.optimizer()) {
            case ADAM, ADAMW, NADAM, AMSGRAD -> ofFamily(network);
            case ADAGRAD -> new RateChoice(steady(network), 1e-3, 0.1);
            case RMSPROP -> new RateChoice(3, 0.01, 0.1);
            case NESTEROV -> new RateChoice(4, 0.1, 1);
            case SGD -> new RateChoice(3, 0.03, 1);
        };
    }

    private static RateChoice ofFamily(NetworkConfiguration network) {
        return switch (network.family()) {
            case NetworkConfiguration.REALMLP, NetworkConfiguration.REALMLP_S -> new RateChoice(3, 0.03, 0.3);
            case NetworkConfiguration.TABM -> new RateChoice(5, 0.01, 0.03);
            case NetworkConfiguration.RESNET -> new RateChoice(1, 1e-3, 0.01);
            default ->
                network.numbers()
                                .filter(n -> n == NumberEmbedding.PIECEWISE_LINEAR)
                                .isPresent()
                        ? new RateChoice(8, 0.01, 0.02)
                        : new RateChoice(steady(network), 1e-3, 0.1);
        };
    }

    private static double steady(NetworkConfiguration network) {
        return network.hidden().isEmpty() ? 3 : 1;
    }
}
