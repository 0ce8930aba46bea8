package io.millrace.modelling.neighbours;

import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.layer.SoftNeighbours;
import io.millrace.modelling.learn.CurveRecorder;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.StopCheck;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.network.TargetCoding;
import io.millrace.modelling.score.StepPredictions;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Learns the scales of soft nearest neighbours; those with the least validation error are kept. All training rows of a job are
 * remembered. The validation error is taken every {@value #EVERY} steps; {@code stop} is asked then.
 */
public final class NeighboursLearner implements Learner {
    private static final int EVERY = NeighboursConfiguration.CHECKED_EVERY;

    @Override
    public Fitted fit(TrainingJob job, BooleanSupplier stop) {
        NeighboursConfiguration configuration = checked(job);
        NetworkEncoder encoder = NetworkEncoder.fit(job.table(), job.training());
        TargetCoding target = TargetCoding.fit(job.table(), job.training());
        Memory memory = new Memory(
                encoder.encodeTraining(job.table(), job.training()).dense(),
                target.encode(TargetCoding.of(job.table(), job.training())));
        int[] asked = Table.evenly(job.validation(), NeighboursConfiguration.MOST_CHECKED);
        Matrix rows = encoder.encode(job.table(), asked).dense();
        double[] truth = TargetCoding.of(job.table(), asked);
        int steps = configuration.steps();
        Optional<StepPredictions> predictions =
                StepPredictions.of(job.validation().length, (steps + EVERY - 1) / EVERY);
        StopCheck check = StopCheck.of(job);
        CurveRecorder curve = new CurveRecorder();
        float[] kept = {};
        TrainingEnd end = TrainingEnd.COMPLETED;
        try (ScaleDescent descent = new ScaleDescent(memory, configuration, encoder.numberColumns(), job.seed());
                SoftNeighbours neighbours = memory.room()) {
            int step = 0;
            while (step < steps && end == TrainingEnd.COMPLETED) {
                int more = Math.min(EVERY, steps - step);
                double loss = descent.steps(more);
                step += more;
                float[] scales = descent.scales();
                Matrix said = target.decode(memory.predict(memory.recall(neighbours, scales), rows));
                predictions.ifPresent(p -> p.add(() -> said));
                Point point = target.point(job, step, loss, truth, said);
                if (curve.add(point)) {
                    kept = scales;
                }
                if (curve.roundsSinceBest() * EVERY >= configuration.patience()) {
                    end = TrainingEnd.PATIENCE;
                } else if (step < steps && check.stops(step, point.validationError())) {
                    end = TrainingEnd.MEDIAN;
                } else if (stop.getAsBoolean()) {
                    end = TrainingEnd.DEADLINE;
                }
            }
        }
        return new Fitted(new NeighboursModel(encoder, target, memory, kept), curve.curve(end), predictions);
    }

    private static NeighboursConfiguration checked(TrainingJob job) {
        if (!(job.configuration() instanceof NeighboursConfiguration configuration)) {
            throw new IllegalArgumentException(job.configuration() + " is no configuration of neighbours");
        }
        if (configuration.steps() < 1 || configuration.batchSize() < 1 || configuration.patience() < 1) {
            throw new IllegalArgumentException("steps, batch and patience must be at least 1: " + configuration);
        }
        if (job.training().length < 2 || job.validation().length == 0) {
            throw new IllegalArgumentException(job.training().length + " training and " + job.validation().length
                    + " validation rows: neighbours need two of the first and one of the second");
        }
        return configuration;
    }
}
