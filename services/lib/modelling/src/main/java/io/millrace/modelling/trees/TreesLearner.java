package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.TrainingJob;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Fits trees by XGBoost's histogram method on the calling thread alone.
 *
 * <p>Takes jobs with a {@link TreesConfiguration} of family {@code boosting} or {@code forest}; throws an
 * IllegalArgumentException for others, an IllegalStateException where XGBoost fails, and an OutOfMemoryError where its
 * memory is short. At least one round is grown before {@code stop} is asked.
 */
public final class TreesLearner implements Learner {
    @Override
    public Fitted fit(TrainingJob job, BooleanSupplier stop) {
        TreesConfiguration trees = checked(job);
        Targets targets = Targets.fit(job.table(), job.training());
        TreesEncoder encoder = TreesEncoder.fit(job.table(), job.training())
                .with(trees.pairs()
                        .map(most -> PairSearch.best(most, job.table(), job.training()))
                        .orElse(List.of()));
        Optional<LinearBase> base = Optional.of(targets)
                .filter(t -> trees.correctsLinearModel())
                .map(t -> LinearBase.fit(job.table(), job.training(), t));
        try (EncodedRows training = EncodedRows.training(encoder, job.table(), job.training());
                EncodedRows validation = EncodedRows.of(encoder, job.table(), job.validation())) {
            Grown grown = trees.family().equals(TreesConfiguration.FOREST)
                    ? new Forest(job, trees, targets).grow(training, validation, stop)
                    : new Boosting(job, trees, targets, base).grow(training, validation, stop);
            return new Fitted(
                    TreesModel.of(encoder, base, grown.form(), grown.boosters()), grown.curve(), grown.steps());
        }
    }

    private static TreesConfiguration checked(TrainingJob job) {
        if (!(job.configuration() instanceof TreesConfiguration trees)) {
            throw new IllegalArgumentException(job.configuration() + " is no configuration of trees");
        }
        if (!trees.family().equals(TreesConfiguration.BOOSTING)
                && !trees.family().equals(TreesConfiguration.FOREST)) {
            throw new IllegalArgumentException("trees come as boosting or forest, not as '" + trees.family() + "'");
        }
        if (trees.correctsLinearModel() && !trees.family().equals(TreesConfiguration.BOOSTING)) {
            throw new IllegalArgumentException("only boosting can begin with a linear model: " + trees);
        }
        if (trees.pairs().isPresent() && !trees.family().equals(TreesConfiguration.BOOSTING)) {
            throw new IllegalArgumentException("only boosting makes columns of two numbers: " + trees);
        }
        if (trees.rounds() < 1 || trees.patience() < 1) {
            throw new IllegalArgumentException("rounds and patience must be at least 1: " + trees);
        }
        if (job.training().length == 0 || job.validation().length == 0) {
            throw new IllegalArgumentException(job.training().length + " training and " + job.validation().length
                    + " validation rows: there must be at least one of each");
        }
        return trees;
    }
}
