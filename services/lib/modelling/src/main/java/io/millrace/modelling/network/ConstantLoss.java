package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.modelling.layer.PointLoss;
import java.util.Arrays;

/** What predicting one value costs where the target is a number, in the unit of a network's learning curve. */
public final class ConstantLoss {
    private static final int STEPS = 60;

    private ConstantLoss() {}

    /**
     * The mean loss that the network is configured to minimise, of the best constant: 1 for squared errors. Errors are in
     * units of the targets' standard deviation; 1 where that is 0.
     */
    public static double of(NetworkConfiguration network, double[] targets) {
        double mean = Arrays.stream(targets).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(targets)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElse(0));
        if (!(deviation > 0)) {
            return 1;
        }
        return least(
                Recipe.loss(network),
                Arrays.stream(targets).map(y -> (y - mean) / deviation).toArray());
    }

    /** Golden-section search: every loss of errors is convex in the constant. */
    private static double least(PointLoss loss, double[] standardised) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = Arrays.stream(standardised).min().orElse(0);
        double high = Arrays.stream(standardised).max().orElse(0);
        for (int step = 0; step < STEPS; step++) {
            double left = high - ratio * (high - low);
            double right = low + ratio * (high - low);
            if (mean(loss, standardised, left) < mean(loss, standardised, right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return mean(loss, standardised, (low + high) / 2);
    }

    private static double mean(PointLoss loss, double[] standardised, double constant) {
        return Arrays.stream(standardised)
                .map(y -> loss.of(constant - y))
                .average()
                .orElse(0);
    }
}
