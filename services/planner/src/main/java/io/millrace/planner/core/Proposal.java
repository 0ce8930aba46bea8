package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import java.util.Optional;

/**
 * A configuration that waits for its turn.
 *
 * @param configuration what to train
 * @param reason why, as a sentence
 * @param learningRate where to train it in place of what its range test finds
 * @param dataShare share of the training rows to train it on; absent for as many as time pays for
 * @param intervention which trial it cures; absent for a configuration of its own
 */
public record Proposal(
        Configuration configuration,
        String reason,
        Optional<LearningRateRange> learningRate,
        Optional<Double> dataShare,
        Optional<Intervention> intervention) {

    /** A configuration of its own, at the rate that its range test finds. */
    Proposal(Configuration configuration, String reason) {
        this(configuration, reason, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same network in a share of its epochs, because there is time for no more. */
    Proposal inFewerEpochs(double share) {
        NetworkConfiguration network = (NetworkConfiguration) configuration;
        int epochs = (int) Math.max(1, share * network.epochs());
        return new Proposal(
                network.but()
                        .epochs(epochs)
                        .patience(Math.max(1, network.patience() * epochs / network.epochs()))
                        .build(),
                reason + " In " + epochs + " epochs of " + network.epochs() + ", because there is time for no more.",
                learningRate,
                dataShare,
                intervention);
    }
}
