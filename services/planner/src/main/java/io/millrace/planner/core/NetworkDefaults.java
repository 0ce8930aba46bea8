package io.millrace.planner.core;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RegressionLoss;
import io.millrace.dataset.Metric;
import io.millrace.events.DatasetProfiled;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Networks whose batch size, epochs and patience suit the number of rows and the budget. */
final class NetworkDefaults {
    private static final int EMBEDDING = 8;
    private static final double LABEL_SMOOTHING = 0.1;
    private static final int LEAST_EPOCHS = 4;
    /** Share of the budget that a network's first look should take at most, so that several fit. */
    private static final double TRIAL_SHARE = 0.1;
    /** RealMLP gains from every epoch and is the best network on most data sets. */
    private static final double REAL_TRIAL_SHARE = 0.3;

    private final DatasetProfiled dataset;
    private final CostModel costs;
    private final Regime regime;

    NetworkDefaults(DatasetProfiled dataset) {
        this.dataset = dataset;
        this.costs = new CostModel(dataset);
        this.regime = Regime.of(dataset.trainingRows(), dataset.folds());
    }

    NetworkConfiguration linear() {
        return fitted("linear", List.of(), Activation.RELU, 0, 1e-2, Optimizer.ADAMW);
    }

    NetworkConfiguration mlp(
            Optimizer optimizer, Activation activation, double dropout, double weightDecay, int... hidden) {
        return fitted("mlp", Arrays.stream(hidden).boxed().toList(), activation, dropout, weightDecay, optimizer);
    }

    NetworkConfiguration mlp(
            Optimizer optimizer, Activation activation, double dropout, double weightDecay, List<Integer> hidden) {
        return fitted("mlp", hidden, activation, dropout, weightDecay, optimizer);
    }

    /** RealMLP (Holzmueller et al. 2024), whose learning rate runs through four cycles: patience outlasts one. */
    NetworkConfiguration real(Activation activation, double dropout, double weightDecay, int... hidden) {
        return fitted(
                NetworkConfiguration.REALMLP,
                Arrays.stream(hidden).boxed().toList(),
                activation,
                dropout,
                weightDecay,
                Optimizer.ADAMW);
    }

    private NetworkConfiguration fitted(
            String family,
            List<Integer> hidden,
            Activation activation,
            double dropout,
            double weightDecay,
            Optimizer optimizer) {
        NetworkConfiguration oneEpoch = network(family, hidden, activation, dropout, weightDecay, optimizer, 1);
        return network(family, hidden, activation, dropout, weightDecay, optimizer, epochs(oneEpoch));
    }

    private NetworkConfiguration network(
            String family,
            List<Integer> hidden,
            Activation activation,
            double dropout,
            double weightDecay,
            Optimizer optimizer,
            int epochs) {
        NetworkConfiguration network = new NetworkConfiguration(
                family,
                hidden,
                activation,
                EMBEDDING,
                dropout,
                weightDecay,
                Portfolio.smoothsLabels(dataset) ? LABEL_SMOOTHING : 0,
                optimizer,
                batchSize(dataset.trainingRows()),
                epochs,
                Math.max(4, family.equals(NetworkConfiguration.REALMLP) ? epochs / 2 : epochs / 4));
        // the absolute error is least at the median
        return dataset.metric() == Metric.MAE
                ? network.but().loss(RegressionLoss.QUANTILE).build()
                : network;
    }

    /**
     * The one-cycle schedule spans a fixed number of epochs: as many as the rows call for, but no more than the budget pays.
     * A run that counts trials has no budget and takes what the rows call for.
     */
    private int epochs(NetworkConfiguration oneEpoch) {
        int wanted = wantedEpochs(oneEpoch.family(), dataset.trainingRows());
        return dataset.settings()
                .budget()
                .filter(budget -> dataset.settings().trials().isEmpty())
                .map(budget -> Math.max(LEAST_EPOCHS, Math.min(wanted, affordable(oneEpoch, budget))))
                .orElse(wanted);
    }

    private int affordable(NetworkConfiguration oneEpoch, Duration budget) {
        double perFold = BudgetClock.seconds(budget)
                * trialShare(oneEpoch)
                / regime.firstLook().size();
        return (int) Math.min(1000, perFold / costs.customarySecondsPerEpoch(oneEpoch));
    }

    private static double trialShare(NetworkConfiguration network) {
        return network.family().equals(NetworkConfiguration.REALMLP) ? REAL_TRIAL_SHARE : TRIAL_SHARE;
    }

    private static int wantedEpochs(String family, long rows) {
        if (family.equals(NetworkConfiguration.REALMLP)) {
            return rows <= 50_000 ? 64 : 16;
        }
        return rows <= 1_000 ? 100 : rows <= 10_000 ? 60 : rows <= 50_000 ? 30 : 12;
    }

    /** RealMLP's rule (Holzmueller et al. 2024), one step larger from 8192 rows on, where a core's speed matters more. */
    static int batchSize(long rows) {
        return rows <= 1_024
                ? 32
                : rows <= 4_096 ? 64 : rows <= 8_192 ? 128 : rows <= 30_000 ? 256 : rows <= 100_000 ? 512 : 1024;
    }
}
