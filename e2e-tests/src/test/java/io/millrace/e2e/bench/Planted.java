package io.millrace.e2e.bench;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.events.Verdict;
import java.util.List;
import java.util.Optional;

/** A planted problem: what is wrong, and which verdict is right. */
enum Planted {
    RATE_100_TIMES_TOO_SMALL(Verdict.OPTIMIZATION),
    RATE_100_TIMES_TOO_LARGE(Verdict.OPTIMIZATION),
    /** One hidden unit. */
    NET_FAR_TOO_SMALL(Verdict.OPTIMIZATION),
    /** Three times 512 units for 200 rows, without regularisation or an early stop: other nets make more of these rows. */
    NET_FAR_TOO_LARGE_ON_200_ROWS(Verdict.GENERALIZATION),
    /** Two times 256 units, enough to remember the noise, without regularisation or an early stop. */
    LABELS_WITH_30_PERCENT_NOISE(Verdict.GENERALIZATION),
    /** A network that is healthy on all rows, and 60 of them. */
    TOO_FEW_ROWS(Verdict.DATA_LIMITED),
    HEALTHY(Verdict.HEALTHY);

    private static final int BATCH = 64;
    private static final int EPOCHS = 30;
    private static final int PATIENCE = 8;

    private final Verdict right;

    Planted(Verdict right) {
        this.right = right;
    }

    /** The verdict that names the problem. */
    Verdict right() {
        return right;
    }

    NetworkConfiguration network() {
        return switch (this) {
            case NET_FAR_TOO_SMALL -> mlp(List.of(1), 0, 0, EPOCHS, PATIENCE);
            case NET_FAR_TOO_LARGE_ON_200_ROWS -> mlp(List.of(512, 512, 512), 0, 0, EPOCHS, EPOCHS);
            case LABELS_WITH_30_PERCENT_NOISE -> mlp(List.of(256, 256), 0, 0, 40, 40);
            default -> mlp(List.of(128, 128), 0.25, 1e-2, EPOCHS, PATIENCE);
        };
    }

    Optional<Integer> rows(Optional<Integer> usual) {
        return switch (this) {
            case NET_FAR_TOO_LARGE_ON_200_ROWS -> Optional.of(200);
            case TOO_FEW_ROWS -> Optional.of(60);
            default -> usual;
        };
    }

    /** By how much the learning rate is off. */
    double rateFactor() {
        return switch (this) {
            case RATE_100_TIMES_TOO_SMALL -> 0.01;
            case RATE_100_TIMES_TOO_LARGE -> 100;
            default -> 1;
        };
    }

    boolean noisy() {
        return this == LABELS_WITH_30_PERCENT_NOISE;
    }

    private static NetworkConfiguration mlp(
            List<Integer> hidden, double dropout, double weightDecay, int epochs, int patience) {
        return new NetworkConfiguration(
                "mlp", hidden, Activation.RELU, 8, dropout, weightDecay, 0, Optimizer.ADAMW, BATCH, epochs, patience);
    }
}
