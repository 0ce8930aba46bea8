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
 * <p>A bootstrap sample is stopped by the rows that it left out, and so are boosted networks where validation rows are few: every stage
 * is chosen anew and built on by those after it, so that, unlike with one epoch of many, no {@link StepPredictions} tell afterwards
 * how much such rows are flattered by the choices.
 *
 * @param learner fits each
 * @param bagging how many, and on which rows
 */
record BaggedLearner(Learner learner, Bagging bagging) implements Learner {
    /** Share of the training rows that boosted networks learn from where the rest chooses their stages. */
    private static final double LEARNT_FROM = 0.8;

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
        // Those that are stopped by what they left out are told by rows of their own.
        boolean apart = bagging.bootstrap() || leavesRowsOut(job);
        return new Fitted(
                new BaggedModel(members),
                apart || losses.size() < 2 ? curve : curve.besides(losses),
                apart || steps.isEmpty() ? Optional.empty() : Optional.of(StepPredictions.mean(steps)));
    }

    /** Whether there is a model already and no time for another. */
    private static boolean stopped(List<FittedModel> members, BooleanSupplier stop) {
        return !members.isEmpty() && stop.getAsBoolean();
    }

    /** On as many of the rows as the configuration asks for, drawn under the seed of its model. */
    private TrainingJob sampled(TrainingJob whole) {
        TrainingJob job = !bagging.bootstrap() && leavesRowsOut(whole) ? leavingRowsOut(whole) : whole;
        return asked(job)
                .map(rows -> job.trainedOn(TrainingSample.of(job.table(), job.training(), rows, job.seed())))
                .orElse(job);
    }

    private static TrainingJob leavingRowsOut(TrainingJob job) {
        int learnt = (int) Math.ceil(LEARNT_FROM * job.training().length);
        int[] sample = TrainingSample.of(job.table(), job.training(), learnt, job.seed());
        int[] left = left(job.training(), sample);
        return left.length > 0 ? job.on(sample, left) : job;
    }

    private static boolean leavesRowsOut(TrainingJob job) {
        return job.configuration().family().equals(NetworkConfiguration.BOOSTED)
                && StepPredictions.flatters(job.validation().length);
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
            int[] sample = new int[training.length];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = training[random.nextInt(training.length)];
            }
            Arrays.sort(sample);
            int[] left = left(training, sample);
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

    /** The rows that are not in a sample, which is ascending. */
    private static int[] left(int[] rows, int[] sample) {
        return Arrays.stream(rows)
                .filter(row -> Arrays.binarySearch(sample, row) < 0)
                .toArray();
    }
}
