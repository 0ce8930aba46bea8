package io.millrace.planner.core;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.NetworkConfigurationBuilder;
import io.millrace.configuration.Optimizer;
import io.millrace.planner.core.space.NetworkQuantities;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Cures} make of networks; empty where a limit is reached. Weight decay is per unit of AdamW's learning rate, whatever the
 * optimizer ({@link NetworkQuantities#WEIGHT_DECAY}): momentum's rates are many times as large.
 */
final class NetworkChanges {
    private static final double MOST_DROPOUT = 0.6;
    private static final double MOST_WEIGHT_DECAY = 0.3;
    private static final double MOST_LABEL_SMOOTHING = 0.2;
    private static final int NARROWEST = 8;
    private static final int WIDEST = 1024;
    private static final int MOST_EPOCHS = 400;
    /** Like the portfolio's "plain network" and what stands around it. */
    private static final List<Integer> USUAL_HIDDEN = List.of(128, 128);

    private static final double USUAL_DROPOUT = 0.25;
    private static final double USUAL_WEIGHT_DECAY = 1e-2;
    private static final double LITTLE_DROPOUT = 0.05;
    private static final double LITTLE_WEIGHT_DECAY = 1e-3;
    /** No network of the portfolio has a layer below 64 units, and a search that varies them none below 16. */
    private static final int NARROW = 16;
    /** The rows cannot hold so many weights without help. */
    private static final double MANY_WEIGHTS = 100;

    private NetworkChanges() {}

    /** As wide and deep as usual, with the regularisation that goes with it. */
    static NetworkConfiguration usualSize(NetworkConfiguration n) {
        return regularised(n.but().hidden(USUAL_HIDDEN), n);
    }

    /** Regularised as usual, and no larger than usual where there are many weights for each row. */
    static NetworkConfiguration usuallyRegularised(NetworkConfiguration n, double weightsPerRow) {
        return regularised(weightsPerRow > MANY_WEIGHTS ? n.but().hidden(shrunk(n)) : n.but(), n);
    }

    /**
     * Whether it has next to no dropout and weight decay. More of what a network of the portfolio has already was no cure: in
     * searches it helped 3 of 9 times, and in the mean the error rose by 1.3 %.
     */
    static boolean isUnregularised(NetworkConfiguration n) {
        return !n.hidden().isEmpty() && n.dropout() < LITTLE_DROPOUT && decay(n) < LITTLE_WEIGHT_DECAY;
    }

    /** Whether a layer is narrower than any that is ever tried; a linear model has none. */
    static boolean isNarrow(NetworkConfiguration n) {
        return n.hidden().stream().anyMatch(width -> width < NARROW);
    }

    private static List<Integer> shrunk(NetworkConfiguration n) {
        return n.hidden().stream()
                .limit(USUAL_HIDDEN.size())
                .map(width -> Math.min(width, USUAL_HIDDEN.get(0)))
                .toList();
    }

    private static NetworkConfiguration regularised(NetworkConfigurationBuilder changed, NetworkConfiguration n) {
        return decaying(
                changed.dropout(Math.max(USUAL_DROPOUT, n.dropout())).build(), Math.max(USUAL_WEIGHT_DECAY, decay(n)));
    }

    private static double decay(NetworkConfiguration n) {
        return NetworkQuantities.WEIGHT_DECAY.of().apply(n);
    }

    private static NetworkConfiguration decaying(NetworkConfiguration n, double decay) {
        return NetworkQuantities.WEIGHT_DECAY.with().apply(n, decay);
    }

    static Optional<NetworkConfiguration> longer(NetworkConfiguration n) {
        return n.epochs() >= MOST_EPOCHS
                ? Optional.empty()
                : Optional.of(n.but()
                        .epochs(Math.min(MOST_EPOCHS, 2 * n.epochs()))
                        .patience(2 * n.patience())
                        .build());
    }

    static Optional<NetworkConfiguration> scaled(NetworkConfiguration n, double factor) {
        List<Integer> hidden = n.hidden().stream()
                .map(w -> (int) Math.max(NARROWEST, Math.min(WIDEST, w * factor)))
                .toList();
        return hidden.equals(n.hidden())
                ? Optional.empty()
                : Optional.of(n.but().hidden(hidden).build());
    }

    static Optional<NetworkConfiguration> otherOptimizer(NetworkConfiguration n) {
        Optimizer other = n.optimizer() == Optimizer.NESTEROV ? Optimizer.ADAMW : Optimizer.NESTEROV;
        return Optional.of(NetworkQuantities.OPTIMIZER.with().apply(n, other));
    }

    static Optional<NetworkConfiguration> moreDropout(NetworkConfiguration n) {
        return n.hidden().isEmpty() || n.dropout() >= MOST_DROPOUT
                ? Optional.empty()
                : Optional.of(n.but()
                        .dropout(RandomConfigurations.rounded(Math.min(MOST_DROPOUT, n.dropout() + 0.15)))
                        .build());
    }

    static Optional<NetworkConfiguration> smootherLabels(NetworkConfiguration n) {
        return n.labelSmoothing() >= MOST_LABEL_SMOOTHING
                ? Optional.empty()
                : Optional.of(n.but().labelSmoothing(n.labelSmoothing() + 0.1).build());
    }

    static Optional<NetworkConfiguration> moreWeightDecay(NetworkConfiguration n) {
        double more = Math.min(MOST_WEIGHT_DECAY, 4 * Math.max(1e-3, decay(n)));
        return Optional.of(decaying(n, more)).filter(changed -> changed.weightDecay() > n.weightDecay());
    }
}
