package io.millrace.planner.core;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.NetworkConfigurationBuilder;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RegressionLoss;
import io.millrace.dataset.Metric;
import io.millrace.events.DatasetProfiled;
import io.millrace.planner.core.space.NetworkQuantities;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Networks whose batch size, epochs and patience suit the number of rows and the budget. */
final class NetworkDefaults {
    private static final int EMBEDDING = 8;
    private static final double LABEL_SMOOTHING = 0.1;
    private static final int LEAST_EPOCHS = 4;
    private static final double INPUT_DROPOUT = 0.1;
    private static final int PIXELS = 200;

    private static final double PIXEL_DROPOUT = 0.5;
    /** Of several networks in one, stages or members, each drops others. */
    private static final double PIXEL_DROPOUT_OF_SEVERAL = 0.3;

    /** Share of the budget that a network's first look should take at most, so that several fit. */
    private static final double TRIAL_SHARE = 0.1;
    /** RealMLP gains from every epoch and is the best network on most data sets. */
    private static final double REAL_TRIAL_SHARE = 0.3;
    /** TabM is several networks in one. */
    private static final double TABM_TRIAL_SHARE = 0.2;

    /** Share of the epochs that a network on pairs must have time for. */
    private static final double PAIRED_EPOCHS = 0.75;

    private final DatasetProfiled dataset;
    private final CostModel costs;
    private final Regime regime;

    NetworkDefaults(DatasetProfiled dataset) {
        this.dataset = dataset;
        this.costs = new CostModel(dataset);
        // By rows alone: all folds at once, where the budget pays for them, must not cost a network its epochs.
        this.regime = Regime.of(dataset.trainingRows(), dataset.folds());
    }

    NetworkConfiguration linear() {
        return adamw(NetworkConfiguration.LINEAR, Activation.RELU, 0, 1e-2);
    }

    NetworkConfiguration mlp(
            Optimizer optimizer, Activation activation, double dropout, double weightDecay, int... hidden) {
        return fitted(NetworkConfiguration.MLP, optimizer, activation, dropout, weightDecay, hidden);
    }

    /** RealMLP (Holzmueller et al. 2024), whose learning rate runs through four cycles: patience outlasts one. */
    NetworkConfiguration real(Activation activation, double dropout, double weightDecay, int... hidden) {
        return adamw(NetworkConfiguration.REALMLP, activation, dropout, weightDecay, hidden);
    }

    /** RealMLP's simple form: no embeddings, no dropout, no decay. */
    NetworkConfiguration simple(Activation activation, int... hidden) {
        return adamw(NetworkConfiguration.REALMLP_S, activation, 0, 0, hidden);
    }

    /** TabM-mini (Gorishniy et al., ICLR 2025). */
    NetworkConfiguration tabm(double dropout, double weightDecay, int... hidden) {
        return adamw(NetworkConfiguration.TABM, Activation.RELU, dropout, weightDecay, hidden);
    }

    /** Residual blocks (Gorishniy et al. 2021): the width of the trunk, then those inside the blocks. */
    NetworkConfiguration resnet(double dropout, double weightDecay, int... hidden) {
        return adamw(NetworkConfiguration.RESNET, Activation.RELU, dropout, weightDecay, hidden);
    }

    /** Boosted small networks (after GrowNet, Badirli et al. 2020): how many, and the widths of each. */
    NetworkConfiguration boosted(int stages, double dropout, double weightDecay, int... hidden) {
        return adamw(NetworkConfiguration.BOOSTED, Activation.RELU, dropout, weightDecay, hidden)
                .but()
                .members(stages)
                .build();
    }

    /** The same network on piecewise-linear numbers; as it is where there are none, or too many for a layer nine times as wide. */
    NetworkConfiguration piecewise(NetworkConfiguration network) {
        return dataset.numericFeatures() == 0 || dataset.numericFeatures() > NetworkQuantities.MOST_EMBEDDED
                ? network
                : fitted(network.but().numbers(NumberEmbedding.PIECEWISE_LINEAR));
    }

    /**
     * The same network on so many inputs of two numbers, too; as it is where these would cost too many epochs of many rows (diamonds in
     * 60 s, 19 epochs in place of 27: error 1.02; in all 30: .975).
     */
    NetworkConfiguration paired(NetworkConfiguration network, int pairs) {
        NetworkConfiguration paired = fitted(network.but().pairs(Optional.of(pairs)));
        boolean affordable = paired.epochs() > LEAST_EPOCHS && paired.epochs() >= PAIRED_EPOCHS * network.epochs();
        return affordable || dataset.trainingRows() <= Regime.SMALL ? paired : network;
    }

    private NetworkConfiguration adamw(
            String family, Activation activation, double dropout, double weightDecay, int... hidden) {
        return fitted(family, Optimizer.ADAMW, activation, dropout, weightDecay, hidden);
    }

    private NetworkConfiguration fitted(
            String family,
            Optimizer optimizer,
            Activation activation,
            double dropout,
            double weightDecay,
            int... hidden) {
        return fitted(new NetworkConfiguration(
                        family,
                        Arrays.stream(hidden).boxed().toList(),
                        activation,
                        EMBEDDING,
                        dropout,
                        weightDecay,
                        Portfolio.smoothsLabels(dataset) ? LABEL_SMOOTHING : 0,
                        optimizer,
                        batchSize(dataset.trainingRows()),
                        1,
                        1)
                .but());
    }

    /** Whether there are so many numbers that they are likely to tell much the same, as pixels do. */
    static boolean hasPixels(DatasetProfiled dataset) {
        return dataset.numericFeatures() > PIXELS;
    }

    private Optional<Double> inputDropout(String family) {
        if (hasPixels(dataset)) {
            boolean several = Set.of(NetworkConfiguration.BOOSTED, NetworkConfiguration.TABM)
                    .contains(family);
            return Optional.of(several ? PIXEL_DROPOUT_OF_SEVERAL : PIXEL_DROPOUT);
        }
        return NetworkQuantities.hasManyInputs(dataset) ? Optional.of(INPUT_DROPOUT) : Optional.empty();
    }

    /** With the epochs that rows and budget call for, and patience to match. */
    private NetworkConfiguration fitted(NetworkConfigurationBuilder network) {
        if (dataset.metric() == Metric.MAE) {
            network.loss(RegressionLoss.QUANTILE); // the absolute error is least at the median
        }
        NetworkConfiguration oneEpoch = network.epochs(1).build();
        inputDropout(oneEpoch.family()).ifPresent(network::inputDropout);
        int epochs = epochs(oneEpoch);
        return network.epochs(epochs)
                .patience(Math.max(4, isReal(oneEpoch) ? epochs / 2 : epochs / 4))
                .build();
    }

    /** Whether it is RealMLP, in either form. */
    static boolean isReal(Configuration network) {
        return network.family().equals(NetworkConfiguration.REALMLP)
                || network.family().equals(NetworkConfiguration.REALMLP_S);
    }

    /**
     * The one-cycle schedule spans a fixed number of epochs: as many as the rows call for, but no more than the budget pays.
     * A run that counts trials has no budget and takes what the rows call for.
     */
    private int epochs(NetworkConfiguration oneEpoch) {
        int wanted = wantedEpochs(oneEpoch, dataset.trainingRows());
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
        return switch (network.family()) {
            case NetworkConfiguration.REALMLP, NetworkConfiguration.REALMLP_S -> REAL_TRIAL_SHARE;
            case NetworkConfiguration.TABM -> TABM_TRIAL_SHARE;
            default -> TRIAL_SHARE;
        };
    }

    private static int wantedEpochs(NetworkConfiguration network, long rows) {
        if (isReal(network)) {
            return rows <= 50_000 ? 64 : 16;
        }
        if (network.family().equals(NetworkConfiguration.TABM)) {
            return rows <= 1_000 ? 60 : rows <= 10_000 ? 32 : rows <= 50_000 ? 20 : 8;
        }
        int wanted = rows <= 1_000 ? 100 : rows <= 10_000 ? 60 : rows <= 50_000 ? 30 : 12;
        return network.family().equals(NetworkConfiguration.BOOSTED) ? 2 * wanted : wanted; // stages share them
    }

    /** RealMLP's rule (Holzmueller et al. 2024), one step larger from 8192 rows on, where a core's speed matters more. */
    static int batchSize(long rows) {
        return rows <= 1_024
                ? 32
                : rows <= 4_096 ? 64 : rows <= 8_192 ? 128 : rows <= 30_000 ? 256 : rows <= 100_000 ? 512 : 1024;
    }
}
