package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.TrainingJob;
import java.util.function.BooleanSupplier;

/** Fits networks: one-cycle along the epochs of the configuration, the epoch with the least validation error is kept. */
public final class NetworkLearner implements Learner {
    @Override
    public Fitted fit(TrainingJob job, BooleanSupplier stop) {
        if (!(job.configuration() instanceof NetworkConfiguration configuration)) {
            throw new IllegalArgumentException("not a network: " + job.configuration());
        }
        if (job.training().length == 0 || job.validation().length == 0) {
            throw new IllegalArgumentException(job.training().length + " training and " + job.validation().length
                    + " validation rows; a network needs at least one of each");
        }
        NetworkEncoder encoder = NetworkEncoder.fit(job.table(), job.training());
        TargetCoding target = TargetCoding.fit(job.table(), job.training());
        ValidationRows validation = ValidationRows.of(job, encoder, target);
        try (MiniBatches batches = new MiniBatches(
                encoder.encode(job.table(), job.training()),
                target.encode(TargetCoding.of(job.table(), job.training()), configuration.labelSmoothing()),
                configuration.batchSize(),
                job.seed())) {
            int steps = Math.multiplyExact(batches.perEpoch(), configuration.epochs());
            double peak = job.learningRate()
                    .orElseGet(() -> UsualRates.of(configuration.optimizer()))
                    .max();
            Network network = Network.forTraining(
                    Architecture.of(configuration, encoder, target),
                    new TrainingRules(configuration, new OneCycle(peak, steps), job.seed()));
            try {
                LearningCurve curve = new Epochs(network, batches, validation, configuration).run(stop);
                return new Fitted(new NetworkModel(encoder, target, network), curve);
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
        }
    }
}
