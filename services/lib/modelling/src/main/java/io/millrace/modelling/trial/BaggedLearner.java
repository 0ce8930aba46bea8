package io.millrace.modelling.trial;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.StopRule;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.StepPredictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Fits several models where another learner fits one, each on as many of the rows as its configuration asks for. A stop
 * throws away the model that it cuts short, unless that is the first. The learning curve is the first model's, and so is a rule
 * that stops: what it ends remains one model.
 *
 * @param learner fits each
 * @param bagging how many, and on which rows
 */
record BaggedLearner(Learner learner, Bagging bagging) implements Learner {
    @Override
    public boolean savesState(Configuration configuration) {
        return bagging.single() && learner.savesState(configuration);
    }

    @Override
    public Fitted fit(TrainingJob job, BooleanSupplier stop) {
        if (bagging.single()) {
            return learner.fit(sampled(job), stop);
        }
        SplittableRandom random = new SplittableRandom(job.seed());
        List<FittedModel> members = new ArrayList<>();
        List<StepPredictions> steps = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        LearningCurve curve = null;
        try {
            while (members.size() < bagging.models() && !stopped(members, stop)) {
                Optional<StopRule> rule = members.isEmpty() ? job.stopRule() : Optional.empty();
                Fitted fitted = learner.fit(sampled(member(job, random.split(), rule)), stop);
                if (stopped(members, stop)) {
                    fitted.model().close();
                    break;
                }
                members.add(fitted.model());
                fitted.steps().ifPresent(steps::add);
                losses.add(fitted.curve().kept().validationLoss());
                curve = curve == null ? fitted.curve() : curve;
                if (curve.stoppedByRule()) {
                    break;
                }
            }
        } catch (RuntimeException | Error e) {
            members.forEach(FittedModel::close);
            throw e;
        }
        // Bootstrap samples are told by rows of their own.
        boolean comparable = !bagging.bootstrap() && losses.size() > 1;
        // A bootstrap sample is stopped by the rows that it left out, and by none that it is to predict.
        boolean chosenByFold = !bagging.bootstrap() && !steps.isEmpty();
        return new Fitted(
                new BaggedModel(members),
                comparable ? curve.besides(losses) : curve,
                chosenByFold ? Optional.of(StepPredictions.mean(steps)) : Optional.empty());
    }

    /** Whether there is a model already and no time for another. */
    private static boolean stopped(List<FittedModel> members, BooleanSupplier stop) {
        return !members.isEmpty() && stop.getAsBoolean();
    }

    /** On as many of the rows as the configuration asks for, drawn under the seed of its model. */
    private static TrainingJob sampled(TrainingJob job) {
        return asked(job)
                .map(rows -> job.trainedOn(TrainingSample.of(job.table(), job.training(), rows, job.seed())))
                .orElse(job);
    }

    /** Empty for all. */
    private static Optional<Integer> asked(TrainingJob job) {
        if (job.configuration() instanceof NeighboursConfiguration neighbours) {
            return Optional.of(neighbours.references());
        }
        return job.configuration() instanceof NetworkConfiguration network
                ? network.rowSample().filter(s -> s < 1).map(s ->
                        (int) Math.max(1, Math.round(s * job.training().length)))
                : Optional.empty();
    }

    private TrainingJob member(TrainingJob job, SplittableRandom random, Optional<StopRule> rule) {
        int[] training = job.training();
        int[] validation = job.validation();
        if (bagging.bootstrap()) {
            boolean[] drawn = new boolean[training.length];
            int[] sample = new int[training.length];
            for (int i = 0; i < sample.length; i++) {
                int place = random.nextInt(training.length);
                drawn[place] = true;
                sample[i] = training[place];
            }
            int[] left = left(training, drawn);
            Arrays.sort(sample);
            training = sample;
            validation = left.length > 0 ? left : validation;
        }
        return new TrainingJob(
                job.table(),
                training,
                validation,
                job.configuration(),
                job.learningRate(),
                job.metric(),
                random.nextLong(),
                rule,
                Leg.WHOLE);
    }

    private static int[] left(int[] rows, boolean[] drawn) {
        int[] left = new int[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (!drawn[i]) {
                left[count++] = rows[i];
            }
        }
        return Arrays.copyOf(left, count);
    }
}
