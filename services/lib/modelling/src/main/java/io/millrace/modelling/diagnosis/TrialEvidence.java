package io.millrace.modelling.diagnosis;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.RegressionLoss;
import io.millrace.dataset.DatasetProfile;
import io.millrace.events.Score;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.network.ConstantLoss;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a trial when it is diagnosed.
 *
 * @param curves learning curve per trained fold; may be empty
 * @param foldScores optimised metric per trained fold, on the fold's rows
 * @param score optimised metric on the rows of all trained folds, with its 95 % interval
 * @param dummyLoss loss of always predicting the class shares (their entropy, in nats), or the best constant (1 for squared
 *     errors of a standardised target); the unit in which losses are compared
 * @param yardstick loss on new rows that another trial has shown to be possible; absent where none is known
 * @param doubling loss that twice the training rows would take off ({@link io.millrace.events.DataCurve#gainOfDoubling}); absent where nobody asked
 */
public record TrialEvidence(
        List<LearningCurve> curves,
        List<Double> foldScores,
        Score score,
        double dummyLoss,
        Optional<Double> yardstick,
        Optional<Double> doubling) {
    public TrialEvidence {
        curves = List.copyOf(curves);
        foldScores = List.copyOf(foldScores);
    }

    /**
     * Loss of a model that knows no feature, as the learning curves of a configuration tell losses: the entropy of the classes,
     * or the loss of the best constant, which for squared errors of a standardised target is 1.
     *
     * @param target targets of some rows
     */
    public static double dummyLoss(DatasetProfile profile, Configuration configuration, double[] target) {
        if (!profile.task().isClassification()) {
            return configuration instanceof NetworkConfiguration network && !isSquared(network)
                    ? ConstantLoss.of(network, target)
                    : 1;
        }
        double rows = profile.classCounts().stream().mapToLong(Long::longValue).sum();
        return profile.classCounts().stream()
                .mapToLong(Long::longValue)
                .filter(n -> n > 0)
                .mapToDouble(n -> -(n / rows) * Math.log(n / rows))
                .sum();
    }

    /** Whether learning curves of a configuration tell squared errors where the target is a number. */
    public static boolean isSquared(Configuration configuration) {
        return !(configuration instanceof NetworkConfiguration network)
                || network.loss().orElse(RegressionLoss.SQUARED) == RegressionLoss.SQUARED;
    }
}
