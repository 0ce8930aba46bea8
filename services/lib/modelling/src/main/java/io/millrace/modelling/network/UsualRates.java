package io.millrace.modelling.network;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.Optimizer;

/** Learning rates that mostly work, for when no range test tells better. */
public final class UsualRates {
    private UsualRates() {}

    public static LearningRateRange of(Optimizer optimizer) {
        double peak =
                switch (optimizer) {
                    case ADAM, ADAMW, NADAM, AMSGRAD -> 3e-3;
                    case RMSPROP -> 1e-3;
                    case ADAGRAD -> 0.03;
                    case NESTEROV -> 0.05;
                    case SGD -> 0.1;
                };
        return new LearningRateRange(peak / 4, peak);
    }
}
