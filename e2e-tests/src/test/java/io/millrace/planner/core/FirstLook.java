package io.millrace.planner.core;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.events.DatasetProfiled;

/**
 * A plain network's first trial in a search. In the planner's package because the portfolio is the core's own.
 *
 * @param network what it trains
 * @param folds how many folds of it
 */
public record FirstLook(NetworkConfiguration network, int folds) {

    /** The portfolio's plain network under an optimizer; under one that the portfolio has none for, AdamW's. */
    public static FirstLook of(DatasetProfiled dataset, Optimizer optimizer) {
        Optimizer known = optimizer == Optimizer.NESTEROV ? optimizer : Optimizer.ADAMW;
        NetworkConfiguration plain = new Portfolio(dataset)
                .proposals().stream()
                        .map(Proposal::configuration)
                        .filter(NetworkConfiguration.class::isInstance)
                        .map(NetworkConfiguration.class::cast)
                        .filter(n -> n.family().equals(NetworkConfiguration.MLP)
                                && n.optimizer() == known
                                && n.numbers().isEmpty())
                        .findFirst()
                        .orElseThrow();
        int folds =
                Regime.of(dataset.trainingRows(), dataset.folds()).firstLook().size();
        return new FirstLook(plain.but().optimizer(optimizer).build(), folds);
    }
}
