package io.millrace.planner.core.space;

import static io.millrace.planner.core.space.Quantity.quantity;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RateSchedule;
import io.millrace.configuration.RegressionLoss;
import io.millrace.configuration.UsualRates;
import io.millrace.dataset.Metric;
import io.millrace.events.DatasetProfiled;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What may be chosen of networks. Where a value is the family's own, the configuration leaves it out: the same network is to have the same
 * range test.
 */
public final class NetworkQuantities {
    /** Piecewise-linear numbers make a layer nine times as wide; of more numbers than this they are left as they are. */
    public static final int MOST_EMBEDDED = 200;

    private static final int MANY_INPUTS = 50;
    private static final int LEAST_PATIENCE = 4;
    private static final int MANY_ROWS = 5_000;

    static final Quantity<NetworkConfiguration, NumberEmbedding> NUMBERS = NetworkQuantities.<NumberEmbedding>network(
                    "embedding of numbers", "kind", NetworkConfiguration::numbersOrUsual, (n, kind) -> n.but()
                            .numbers(Optional.of(kind).filter(k -> k != n.usualNumbers()))
                            .build())
            .on("on 1 to 200 numbers", d -> d.numericFeatures() > 0 && d.numericFeatures() <= MOST_EMBEDDED);

    static final Quantity<NetworkConfiguration, Double> PAIRS = NetworkQuantities.<Double>network(
                    "pairs", "inputs of two numbers", n -> (double) n.pairs().orElse(0), (n, most) -> n.but()
                            .pairs(Optional.of(most.intValue()).filter(inputs -> inputs > 0))
                            .build())
            .on(Pairs.CONDITION, Pairs::mayBeMade);

    static final Quantity<NetworkConfiguration, Double> EMBEDDING = NetworkQuantities.<Double>network(
                    "embedding of categories",
                    "columns per category of more than nine levels",
                    n -> (double) n.embedding(),
                    (n, columns) -> n.but().embedding(columns.intValue()).build())
            .on("on categories", d -> d.categoricalFeatures() > 0);

    static final Quantity<NetworkConfiguration, Double> WIDTH = NetworkQuantities.<Double>network(
                    "width",
                    "units of the first layer",
                    n -> (double) Shape.of(n.hidden()).first(),
                    (n, units) -> shaped(n, s -> s.ofWidth(units)))
            .when("with hidden layers", NetworkQuantities::isDeep);

    static final Quantity<NetworkConfiguration, Double> DEPTH = NetworkQuantities.<Double>network(
                    "depth",
                    "hidden layers; of a resnet its trunk and its blocks",
                    n -> (double) n.hidden().size(),
                    (n, layers) -> shaped(n, s -> s.ofDepth(layers)))
            .when("with hidden layers", NetworkQuantities::isDeep);

    static final Quantity<NetworkConfiguration, Boolean> TAPERED = NetworkQuantities.<Boolean>network(
                    "tapered",
                    "whether the layers after the first are half as wide",
                    n -> Shape.of(n.hidden()).tapered(),
                    (n, tapered) -> shaped(n, s -> s.ofRatio(tapered ? 0.5 : 1)))
            .when("with more than one hidden layer", n -> n.hidden().size() > 1);

    static final Quantity<NetworkConfiguration, Double> EXPANSION = NetworkQuantities.<Double>network(
                    "expansion",
                    "units inside a block by those of the trunk",
                    n -> Shape.of(n.hidden()).ratio(),
                    (n, ratio) -> shaped(n, s -> s.ofRatio(ratio)))
            .when("with more than one hidden layer", n -> n.hidden().size() > 1);

    static final Quantity<NetworkConfiguration, Double> MEMBERS =
            members("members", "networks that share their layers");

    static final Quantity<NetworkConfiguration, Double> STAGES =
            members("stages", "networks, each trained on what those before it leave");

    static final Quantity<NetworkConfiguration, Activation> ACTIVATION = NetworkQuantities.<Activation>network(
                    "activation", "kind", NetworkConfiguration::activation, (n, kind) -> n.but()
                            .activation(kind)
                            .build())
            .when("with hidden layers", NetworkQuantities::isDeep);

    static final Quantity<NetworkConfiguration, Normalisation> NORMALISATION = NetworkQuantities.<Normalisation>network(
                    "normalisation", "kind", NetworkConfiguration::normalisationOrUsual, (n, kind) -> n.but()
                            .normalisation(Optional.of(kind).filter(k -> k != n.usualNormalisation()))
                            .build())
            .when("with hidden layers", NetworkQuantities::isDeep);

    /** Decay and L1 are per unit learning rate: where another optimizer takes larger rates, it gets as much less. */
    public static final Quantity<NetworkConfiguration, Optimizer> OPTIMIZER = network(
            "optimizer", "rule; each has a range test of its own", NetworkConfiguration::optimizer, (n, rule) -> {
                NetworkConfiguration other = n.but().optimizer(rule).build();
                double less = decayUnit(other) / decayUnit(n);
                return other.but()
                        .weightDecay(Stretch.rounded(n.weightDecay() * less))
                        .l1(n.l1().map(penalty -> Stretch.rounded(penalty * less)))
                        .build();
            });

    static final Quantity<NetworkConfiguration, Double> BATCH =
            network("batch size", "rows per step", n -> (double) n.batchSize(), (n, rows) -> n.but()
                    .batchSize(rows.intValue())
                    .build());

    static final Quantity<NetworkConfiguration, Optional<Double>> CLIP = network(
            "clipping", "greatest norm of the gradient of all weights", NetworkConfiguration::clip, (n, norm) -> n.but()
                    .clip(norm)
                    .build());

    static final Quantity<NetworkConfiguration, RegressionLoss> LOSS = NetworkQuantities.<RegressionLoss>network(
                    "loss", "kind", n -> n.loss().orElse(RegressionLoss.SQUARED), (n, kind) -> n.but()
                            .loss(Optional.of(kind).filter(k -> k != RegressionLoss.SQUARED))
                            .build())
            .on("where the target is a number", d -> !d.task().isClassification());

    /** Waiting for a better epoch has to outlast a cycle. */
    static final Quantity<NetworkConfiguration, RateSchedule> SCHEDULE = network(
            "schedule",
            "course of the learning rate over all epochs",
            NetworkConfiguration::scheduleOrUsual,
            (n, course) -> n.but()
                    .schedule(Optional.of(course).filter(c -> c != n.usualSchedule()))
                    .patience(Math.max(n.patience(), patience(n, longestCycle(course))))
                    .build());

    /** Waiting for a better epoch stays the same share of them. */
    static final Quantity<NetworkConfiguration, Double> EPOCHS =
            network("epochs", "passes over the training rows", n -> (double) n.epochs(), (n, epochs) -> n.but()
                    .epochs(epochs.intValue())
                    .patience(Math.max(LEAST_PATIENCE, ceilingOf(n.patience() * epochs.intValue(), n.epochs())))
                    .build());

    static final Quantity<NetworkConfiguration, Double> PATIENCE = NetworkQuantities.<Double>network(
                    "early stopping",
                    "share of the epochs that may pass without a better score",
                    n -> (double) n.patience() / n.epochs(),
                    (n, share) -> n.but().patience(patience(n, share)).build())
            .when("along schedules without cycles", n -> longestCycle(n.scheduleOrUsual()) == 0);

    static final Quantity<NetworkConfiguration, Double> DROPOUT = NetworkQuantities.<Double>network(
                    "dropout", "share of hidden outputs", NetworkConfiguration::dropout, (n, share) -> n.but()
                            .dropout(share)
                            .build())
            .when("with hidden layers", NetworkQuantities::isDeep);

    static final Quantity<NetworkConfiguration, Double> INPUT_DROPOUT = NetworkQuantities.<Double>network(
                    "input dropout",
                    "share of the inputs of the first layer",
                    n -> n.inputDropout().orElse(0.0),
                    (n, share) -> n.but()
                            .inputDropout(Optional.of(share).filter(s -> s > 0))
                            .build())
            .on("on more than 50 numbers and words", NetworkQuantities::hasManyInputs);

    public static final Quantity<NetworkConfiguration, Double> WEIGHT_DECAY = network(
            "weight decay",
            "share of a weight per unit of AdamW's learning rate",
            n -> n.weightDecay() / decayUnit(n),
            (n, decay) ->
                    n.but().weightDecay(Stretch.rounded(decay * decayUnit(n))).build());

    static final Quantity<NetworkConfiguration, Double> L1 = network(
            "L1",
            "what is taken off the size of a weight per unit of AdamW's learning rate",
            n -> n.l1().orElse(0.0) / decayUnit(n),
            (n, penalty) -> n.but()
                    .l1(Optional.of(Stretch.rounded(penalty * decayUnit(n))).filter(p -> p > 0))
                    .build());

    static final Quantity<NetworkConfiguration, Double> LABEL_SMOOTHING = NetworkQuantities.<Double>network(
                    "label smoothing",
                    "share of probability spread over the classes",
                    NetworkConfiguration::labelSmoothing,
                    (n, share) -> n.but().labelSmoothing(share).build())
            .on("for metrics of classes, not of probabilities", NetworkQuantities::smoothsLabels);

    static final Quantity<NetworkConfiguration, Double> ROW_SAMPLE = NetworkQuantities.<Double>network(
                    "data fraction",
                    "share of the rows per model",
                    n -> n.rowSample().orElse(1.0),
                    (n, share) -> n.but()
                            .rowSample(Optional.of(share).filter(s -> s < 1))
                            .build())
            .on("on more than 5,000 rows", d -> d.trainingRows() > MANY_ROWS);

    static final Quantity<NetworkConfiguration, Bag> BAGGING = NetworkQuantities.<Bag>network(
                    "bagging", "four models per fold", Bag::of, (n, bag) -> n.but()
                            .bagging(bag.bagging())
                            .build())
            .on("on up to 2,000 rows", Bag::pays);

    private NetworkQuantities() {}

    /** Whether labels may be smoothed: a metric of probabilities is hurt by it. */
    public static boolean smoothsLabels(DatasetProfiled dataset) {
        return dataset.task().isClassification()
                && dataset.metric() != Metric.LOG_LOSS
                && dataset.metric() != Metric.AUC;
    }

    /**
     * Whether inputs may be dropped: where many tell much the same, as pixels and words do, units must not rely on single ones (measured,
     * see services/lib/modelling/README.md).
     */
    public static boolean hasManyInputs(DatasetProfiled dataset) {
        return dataset.numericFeatures() + dataset.textTerms().orElse(0) > MANY_INPUTS;
    }

    private static <T> Quantity<NetworkConfiguration, T> network(
            String name,
            String unit,
            Function<NetworkConfiguration, T> of,
            BiFunction<NetworkConfiguration, T, NetworkConfiguration> with) {
        return quantity(name, unit, of, with);
    }

    private static Quantity<NetworkConfiguration, Double> members(String name, String unit) {
        return network(
                name, unit, n -> (double) n.members().orElse(NetworkConfiguration.MEMBERS), (n, members) -> n.but()
                        .members(Optional.of(members.intValue()).filter(m -> m != NetworkConfiguration.MEMBERS))
                        .build());
    }

    private static boolean isDeep(NetworkConfiguration n) {
        return !n.hidden().isEmpty();
    }

    private static NetworkConfiguration shaped(NetworkConfiguration n, UnaryOperator<Shape> change) {
        return n.but().hidden(change.apply(Shape.of(n.hidden())).hidden()).build();
    }

    /** A network's decay per unit learning rate where AdamW's is 1 at as much decay per step. */
    private static double decayUnit(NetworkConfiguration n) {
        NetworkConfiguration adamw = n.but().optimizer(Optimizer.ADAMW).build();
        return UsualRates.of(adamw).max() / UsualRates.of(n).max();
    }

    private static int ceilingOf(int product, int divisor) {
        return (product + divisor - 1) / divisor;
    }

    private static int patience(NetworkConfiguration n, double shareOfEpochs) {
        return Math.max(LEAST_PATIENCE, (int) Math.ceil(shareOfEpochs * n.epochs()));
    }

    /** Share of the epochs that the longest cycle of a course takes; 0 for one without cycles. */
    private static double longestCycle(RateSchedule course) {
        return switch (course) {
            case ONE_CYCLE, FLAT_COSINE, CONSTANT, STEP -> 0;
            case TRIANGULAR -> 0.3;
            case WARM_RESTARTS -> 0.6;
            case COSLOG4 -> 0.5;
        };
    }
}
