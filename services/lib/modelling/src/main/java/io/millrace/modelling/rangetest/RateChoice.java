package io.millrace.modelling.rangetest;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.events.Suggestions;
import io.millrace.modelling.network.UsualRates;

/**
 * Which range to train in, given what the rules suggest. Measured on five data sets (module README, "Networks"): the
 * best peak for one-cycle lay near the rule {@code minimum}, while {@code valley} was 5 to 50 times too low, as it is
 * meant for a constant rate. Linear models, momentum and RealMLP bear about three times as much. The optimizer's bounds keep a
 * noisy curve from ruining a trial.
 */
final class RateChoice {
    private static final double BASE_DIVISOR = 4;
    private static final double BOLDER = 3;

    private RateChoice() {}

    /** The range; the usual rates of the optimizer where no rule found a minimum. */
    static LearningRateRange of(Suggestions suggestions, NetworkConfiguration network) {
        Optimizer optimizer = network.optimizer();
        return suggestions
                .minimum()
                .map(minimum -> Bounds.of(network).clamp(minimum * boldness(network)))
                .map(peak -> new LearningRateRange(peak / BASE_DIVISOR, peak))
                .orElseGet(() -> UsualRates.of(optimizer));
    }

    private static double boldness(NetworkConfiguration network) {
        boolean steady = network.optimizer() == Optimizer.NESTEROV
                || network.optimizer() == Optimizer.SGD
                || network.hidden().isEmpty()
                || network.family().equals(NetworkConfiguration.REALMLP);
        return steady ? BOLDER : 1;
    }

    /** Peaks outside of these were not tried. */
    private record Bounds(double lowest, double highest) {
        static Bounds of(NetworkConfiguration network) {
            if (network.family().equals(NetworkConfiguration.REALMLP)) {
                return new Bounds(0.03, 0.3);
            }
            return switch (network.optimizer()) {
                case ADAM, ADAMW, NADAM, AMSGRAD, ADAGRAD -> new Bounds(1e-3, 0.1);
                case RMSPROP -> new Bounds(3e-4, 0.03);
                case NESTEROV, SGD -> new Bounds(0.03, 1);
            };
        }

        double clamp(double rate) {
            return Math.max(lowest, Math.min(highest, rate));
        }
    }
}
