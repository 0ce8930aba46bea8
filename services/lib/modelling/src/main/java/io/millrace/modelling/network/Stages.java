package io.millrace.modelling.network;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.StopCheck;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Gradient boosting of small networks (after GrowNet, Badirli et al. 2020, arXiv 2002.07971, without features of the stage before
 * and without corrections of all stages together). A stage is a network with a schedule of its own, trained on the loss of the sum
 * of its outputs and those of the stages before it, up to its best epoch. To the next stage only a share of it counts, so that this
 * has something to learn and none decides alone; the last of a model counts whole, as nothing adds what would be left out.
 *
 * <p>Stages share the epochs of the configuration. Its patience ends a stage, and all where stages of as many epochs were no better.
 */
final class Stages {
    private static final double SHRINKAGE = 0.4;

    private final Architecture shape;
    private final NetworkConfiguration configuration;
    private final LearningRateRange range;
    private final MiniBatches batches;
    private final double[] targets;
    private final ValidationRows validation;
    private final long seed;
    private final int count;
    private final StageSum onTraining;
    private final StageSum onValidation;
    /** Weights of the stages so far, with their share. */
    private final List<float[]> stages = new ArrayList<>();
    /** One per stage, of which that stage counts whole. */
    private final List<Point> points = new ArrayList<>();

    private int best;
    /** Weights of the best point's stage, whole. */
    private float[] last = {};

    /**
     * Stages to be trained.
     *
     * @param batches batches of the training rows, in the order of the first epoch
     * @param rows the training rows
     * @param targets their targets
     */
    Stages(
            Architecture shape,
            NetworkConfiguration configuration,
            LearningRateRange range,
            MiniBatches batches,
            Encoded rows,
            double[] targets,
            ValidationRows validation,
            long seed) {
        this.shape = shape;
        this.configuration = configuration;
        this.range = range;
        this.batches = batches;
        this.targets = targets;
        this.validation = validation;
        this.seed = seed;
        this.count = Math.min(configuration.epochs(), configuration.members().orElse(NetworkConfiguration.MEMBERS));
        this.onTraining = StageSum.of(rows, shape);
        this.onValidation = StageSum.of(validation.rows(), shape);
        batches.startFrom(onTraining.scores());
    }

    /** Trains stage after stage; a point of the curve is a stage, its step the epochs that it and those before it may take. */
    LearningCurve run(BooleanSupplier stop, StopCheck check) {
        for (int stage = 0; stage < count; stage++) {
            int from = configuration.epochs() * stage / count;
            int to = configuration.epochs() * (stage + 1) / count;
            String end = train(stage, to - from, to, stop);
            if (TrainingEnd.DIVERGED.is(end) || TrainingEnd.DEADLINE.is(end)) {
                return new LearningCurve(points, best, end);
            }
            if (to - points.get(best).step() >= configuration.patience()) {
                return curve(TrainingEnd.PATIENCE);
            }
            if (stage + 1 < count && check.stops(to, points.get(stage).validationError())) {
                return curve(TrainingEnd.MEDIAN);
            }
        }
        return curve(TrainingEnd.COMPLETED);
    }

    private LearningCurve curve(TrainingEnd end) {
        return new LearningCurve(points, best, end.wireName());
    }

    /** The stages up to the best point. */
    StagedNetwork best() {
        List<float[]> upToBest = new ArrayList<>(stages.subList(0, best));
        upToBest.add(last);
        return new StagedNetwork(shape, upToBest);
    }

    /** Adds a stage; tells why it ended. */
    private String train(int stage, int epochs, int done, BooleanSupplier stop) {
        NetworkConfiguration part = configuration.but().epochs(epochs).build();
        int steps = Math.multiplyExact(batches.perEpoch(), epochs);
        try (Network network = new Network(shape, batches.size(), seed + stage)) {
            TrainingRules rules = Recipe.rules(part, range, steps, seed + stage);
            LearningCurve curve = new Epochs(network, rules, batches, validation.from(onValidation), part)
                    .run(stop, StopCheck.of(part, Optional.empty()), Leg.WHOLE);
            Point kept = curve.kept();
            points.add(new Point(
                    done, trainingLoss(network), kept.validationLoss(), kept.validationError(), kept.gradient()));
            if (kept.validationError() <= points.get(best).validationError()) {
                best = stage;
                last = network.weights();
            }
            network.shrink(SHRINKAGE);
            stages.add(network.weights());
            onTraining.add(network);
            onValidation.add(network);
            return curve.stoppedBy();
        }
    }

    /** With the network as it is the last stage. */
    private double trainingLoss(Network network) {
        TargetCoding target = validation.target();
        Matrix predictions = target.decode(onTraining.plus(network).outputs(shape.classification()));
        return target.loss(targets, predictions, validation.lossOfNumbers());
    }
}
