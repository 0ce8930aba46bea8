package io.millrace.planner.core;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import java.util.List;

/** A network's configuration open for change; what is not named stays as it is. */
final class AlteredNetwork {
    private final NetworkConfiguration origin;
    private List<Integer> hidden;
    private double dropout;
    private double weightDecay;
    private double labelSmoothing;
    private Optimizer optimizer;
    private int epochs;
    private int patience;

    AlteredNetwork(NetworkConfiguration origin) {
        this.origin = origin;
        this.hidden = origin.hidden();
        this.dropout = origin.dropout();
        this.weightDecay = origin.weightDecay();
        this.labelSmoothing = origin.labelSmoothing();
        this.optimizer = origin.optimizer();
        this.epochs = origin.epochs();
        this.patience = origin.patience();
    }

    AlteredNetwork hidden(List<Integer> widths) {
        hidden = widths;
        return this;
    }

    AlteredNetwork dropout(double share) {
        dropout = share;
        return this;
    }

    AlteredNetwork weightDecay(double decay) {
        weightDecay = decay;
        return this;
    }

    AlteredNetwork labelSmoothing(double share) {
        labelSmoothing = share;
        return this;
    }

    AlteredNetwork optimizer(Optimizer rule) {
        optimizer = rule;
        return this;
    }

    AlteredNetwork epochs(int passes, int waiting) {
        epochs = passes;
        patience = waiting;
        return this;
    }

    NetworkConfiguration build() {
        return new NetworkConfiguration(
                origin.family(),
                hidden,
                origin.activation(),
                origin.embedding(),
                dropout,
                weightDecay,
                labelSmoothing,
                optimizer,
                origin.batchSize(),
                epochs,
                patience);
    }
}
