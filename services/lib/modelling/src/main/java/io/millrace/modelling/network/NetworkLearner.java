package io.millrace.modelling.network;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.UsualRates;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.StopCheck;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trees.PairSearch;
import java.util.function.BooleanSupplier;

/**
 * Fits networks along their recipe's schedules; the epoch with the least validation error is kept. Boosted networks neither pause nor
 * leave a state: theirs is always the whole training.
 */
public final class NetworkLearner implements Learner {
    @Override
    public boolean savesState(Configuration configuration) {
        return !configuration.family().equals(NetworkConfiguration.BOOSTED);
    }

    @Override
    public Fitted fit(TrainingJob job, BooleanSupplier stop) {
        if (!(job.configuration() instanceof NetworkConfiguration configuration)) {
            throw new IllegalArgumentException("not a network: " + job.configuration());
        }
        if (job.training().length == 0 || job.validation().length == 0) {
            throw new IllegalArgumentException(job.training().length + " training and " + job.validation().length
                    + " validation rows; a network needs at least one of each");
        }
        NetworkEncoder encoder = encoder(configuration, job.table(), job.training());
        TargetCoding target = TargetCoding.fit(job.table(), job.training());
        ValidationRows validation = ValidationRows.of(job, configuration, encoder, target);
        Encoded rows = encoder.encodeTraining(job.table(), job.training());
        double[] targets = TargetCoding.of(job.table(), job.training());
        try (MiniBatches batches = new MiniBatches(
                rows,
                target.encode(targets),
                RowWeights.of(configuration, target, targets),
                configuration.batchSize(),
                job.seed())) {
            int steps = Math.multiplyExact(batches.perEpoch(), configuration.epochs());
            LearningRateRange range = job.learningRate().orElseGet(() -> UsualRates.of(configuration));
            Architecture shape = Architecture.of(configuration, encoder, target, rows);
            batches.shuffle();
            if (shape.recipe() == Recipe.BOOSTED) {
                Stages stages = new Stages(shape, configuration, range, batches, rows, targets, validation, job.seed());
                LearningCurve curve = stages.run(stop, StopCheck.of(job));
                StagedNetwork best = stages.best();
                return new Fitted(
                        new NetworkModel(encoder, target, best),
                        curve.weighing((double) best.weights().length / job.training().length),
                        validation.steps());
            }
            Network network = new Network(shape, batches.size(), job.seed());
            try {
                batches.calibrate(network);
                TrainingRules rules = Recipe.rules(configuration, range, steps, job.seed());
                Epochs epochs = new Epochs(network, rules, batches, validation, configuration);
                LearningCurve curve = epochs.run(stop, StopCheck.of(job), job.leg());
                return new Fitted(
                        new NetworkModel(encoder, target, network),
                        curve.weighing((double) network.size() / job.training().length),
                        validation.steps(),
                        epochs.checkpoint());
            } catch (RuntimeException | Error e) {
                network.close();
                throw e;
            }
        }
    }

    /** What a network sees of rows, fitted on training rows: the same in a range test as in training. */
    static NetworkEncoder encoder(NetworkConfiguration network, Table table, int[] training) {
        NetworkEncoder encoder = NetworkEncoder.fit(table, training);
        return network.pairs()
                .map(most -> encoder.with(PairSearch.best(most, table, training), table, training))
                .orElse(encoder);
    }
}
