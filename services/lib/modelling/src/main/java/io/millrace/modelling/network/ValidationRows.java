package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.layer.PointLoss;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.score.StepPredictions;
import io.millrace.modelling.table.Matrix;
import java.util.Optional;

/**
 * The validation rows, encoded once, and how a network does on them.
 *
 * @param steps predictions of the epochs so far; absent where the rows are many, and for boosted networks
 * @param start what the network's outputs are added to before they are judged; absent for nothing
 */
record ValidationRows(
        Encoded rows,
        double[] targets,
        TargetCoding target,
        PointLoss lossOfNumbers,
        Metric metric,
        Optional<StepPredictions> steps,
        Optional<StageSum> start) {
    static ValidationRows of(
            TrainingJob job, NetworkConfiguration network, NetworkEncoder encoder, TargetCoding target) {
        return new ValidationRows(
                encoder.encode(job.table(), job.validation()),
                TargetCoding.of(job.table(), job.validation()),
                target,
                Recipe.loss(network),
                job.metric(),
                // A stage's epoch is chosen before there is a next one, which no later choice of a step undoes.
                network.family().equals(NetworkConfiguration.BOOSTED)
                        ? Optional.empty()
                        : StepPredictions.of(job.validation().length, network.epochs()),
                Optional.empty());
    }

    /** The same rows for a network whose outputs are added to others. */
    ValidationRows from(StageSum sum) {
        return new ValidationRows(rows, targets, target, lossOfNumbers, metric, steps, Optional.of(sum));
    }

    /** Predictions, their loss, and the metric as an error; the loss stands in where the metric is undefined, as AUC is for one class. */
    Outcome judge(Network network) {
        Matrix outputs = start.map(sum -> sum.plus(network).outputs(target.classification()))
                .orElseGet(() -> network.predict(rows));
        Matrix predictions = target.decode(outputs);
        double loss = target.loss(targets, predictions, lossOfNumbers);
        double error = metric.asError(Scoring.score(metric, targets, predictions));
        return new Outcome(predictions, loss, Double.isNaN(error) ? loss : error);
    }

    record Outcome(Matrix predictions, double loss, double error) {
        boolean isFinite() {
            return Double.isFinite(loss) && Double.isFinite(error);
        }
    }
}
