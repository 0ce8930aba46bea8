package io.millrace.planner.core;

import static io.millrace.events.Verdict.DATA_LIMITED;
import static io.millrace.events.Verdict.GENERALIZATION;
import static io.millrace.events.Verdict.OPTIMIZATION;
import static io.millrace.events.Verdict.VARIANCE;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Every cure there is: edit the list. The names of the evidence are those of the evaluator's diagnosis; the two numbers
 * are what is expected before anything was measured: how often the error falls, and by which share of it. They are
 * guesses of the right size on purpose, since what is measured soon outweighs them.
 */
final class Cures {
    static final int MOST_ROUNDS = 6000;
    /** Rounds without a better score that boosting bears at most. */
    static final int MOST_PATIENCE = 200;

    /** Greatest learning rate of boosting. */
    private static final double MOST_RATE = 0.3;

    /** Within a factor of 3 of the best rate the score hardly changes. */
    private static final double OFF_RANGE = 3;

    static final List<Cure> ALL = List.of(
            // Does not even fit the training data.
            new Cure(
                    "rate-of-range-test",
                    OPTIMIZATION,
                    Cures::offRange,
                    p -> p.network().map(Treatment::of),
                    0.8,
                    0.3),
            network("lower-rate", OPTIMIZATION, Cures::tooFast, n -> Optional.of(n), 0.2, 0.6, 0.10),
            network("higher-rate", OPTIMIZATION, Cures::tooSlow, n -> Optional.of(n), 5, 0.5, 0.05),
            network("longer-training", OPTIMIZATION, Cures::stillFalling, NetworkChanges::longer, 1, 0.6, 0.03),
            usual("usual-size", OPTIMIZATION, Cures::tiny, p -> p.network().map(NetworkChanges::usualSize), 0.8, 0.3),
            network("larger-network", OPTIMIZATION, Cures::calm, n -> NetworkChanges.scaled(n, 2), 1, 0.4, 0.02),
            network("other-optimizer", OPTIMIZATION, p -> true, NetworkChanges::otherOptimizer, 1, 0.3, 0.03),
            boosting("higher-rate-trees", OPTIMIZATION, Cures::steppingShort, t -> steps(t, 2, 1), 0.5, 0.02),
            boosting("more-rounds", OPTIMIZATION, Cures::stillFalling, t -> steps(t, 1, 2), 0.5, 0.02),
            boosting("larger-trees", OPTIMIZATION, p -> true, t -> grown(t, 2), 0.4, 0.02),
            // Fits, but does not carry over to new rows.
            usual(
                    "usual-regularisation",
                    GENERALIZATION,
                    Cures::unregularised,
                    p -> p.network().map(n -> NetworkChanges.usuallyRegularised(n, p.evidence("weightsPerRow"))),
                    0.7,
                    0.05),
            network("more-dropout", GENERALIZATION, p -> true, NetworkChanges::moreDropout, 1, 0.45, 0.02),
            network("more-weight-decay", GENERALIZATION, p -> true, NetworkChanges::moreWeightDecay, 1, 0.4, 0.01),
            network("smaller-network", GENERALIZATION, p -> true, n -> NetworkChanges.scaled(n, 0.5), 1, 0.4, 0.02),
            network(
                    "label-smoothing",
                    GENERALIZATION,
                    p -> Portfolio.smoothsLabels(p.dataset()),
                    NetworkChanges::smootherLabels,
                    1,
                    0.35,
                    0.01),
            boosting("smaller-trees", GENERALIZATION, p -> true, t -> grown(t, 0.5), 0.45, 0.01),
            boosting("stronger-penalties", GENERALIZATION, p -> true, Cures::penalised, 0.45, 0.01),
            boosting("smaller-samples", GENERALIZATION, p -> true, Cures::sampled, 0.45, 0.01),
            boosting("slower-boosting", GENERALIZATION, p -> true, t -> steps(t, 0.5, 2), 0.5, 0.008),
            // Fits, and more rows would carry it over better: a promise that is kept where there are more.
            new Cure(
                    "all-rows",
                    DATA_LIMITED,
                    p -> p.trial().rowLimit().isPresent(),
                    p -> Optional.of(
                            new Treatment(p.trial().configuration(), p.trial().learningRate(), Optional.of(1.0))),
                    0.9,
                    0.1),
            // The result depends on the fold or the seed: a twin under another seed for the ensemble to average, or
            // less for chance to act on.
            new Cure(
                    "another-seed",
                    VARIANCE,
                    p -> true,
                    p -> Optional.of(
                            Treatment.at(p.trial().configuration(), p.trial().learningRate())),
                    0.5,
                    0.005),
            new Cure("average-of-seeds", VARIANCE, Cures::isSmall, SeedBags::averaged, 0.8, 0.012),
            network("steadier-rate", VARIANCE, p -> true, n -> Optional.of(n), 0.5, 0.4, 0.01),
            boosting("steadier-boosting", VARIANCE, p -> true, t -> steps(t, 0.5, 2), 0.5, 0.008));

    private Cures() {}

    /** A cure of networks: the change, trained at its {@link #ownRate} or, where the factor is not 1, at that much of the old one. */
    private static Cure network(
            String name,
            Verdict against,
            Predicate<Patient> when,
            Function<NetworkConfiguration, Optional<NetworkConfiguration>> change,
            double rateFactor,
            double success,
            double gain) {
        return new Cure(
                name,
                against,
                when,
                p -> p.network()
                        .flatMap(change)
                        .map(n -> Treatment.at(n, rateFactor == 1 ? ownRate(p, n) : rate(p, rateFactor)))
                        .filter(t -> rateFactor == 1 || t.learningRate().isPresent()),
                success,
                gain);
    }

    /** A cure of networks that brings back what the portfolio usually has. */
    private static Cure usual(
            String name,
            Verdict against,
            Predicate<Patient> when,
            Function<Patient, Optional<NetworkConfiguration>> change,
            double success,
            double gain) {
        return new Cure(
                name, against, when, p -> change.apply(p).map(n -> Treatment.at(n, ownRate(p, n))), success, gain);
    }

    /**
     * That of its range test, which needs no telling; but where it shares the range of a patient whom a cure had trained elsewhere, there:
     * the second cure must not undo the first.
     */
    private static Optional<LearningRateRange> ownRate(Patient patient, NetworkConfiguration changed) {
        return patient.curedRate().filter(r -> patient.network()
                .map(RangeTest::key)
                .filter(RangeTest.key(changed)::equals)
                .isPresent());
    }

    private static Optional<LearningRateRange> rate(Patient patient, double factor) {
        return patient.trial().learningRate().map(r -> new LearningRateRange(r.base() * factor, r.max() * factor));
    }

    private static Cure boosting(
            String name,
            Verdict against,
            Predicate<Patient> when,
            UnaryOperator<TreesConfiguration> change,
            double success,
            double gain) {
        return new Cure(
                name,
                against,
                when,
                p -> p.boosting()
                        .map(change)
                        .filter(changed -> !changed.equals(p.trial().configuration()))
                        .map(Treatment::of),
                success,
                gain);
    }

    /** Trained at another rate than its range test's because that came too late; cures have their reasons to differ. */
    private static boolean offRange(Patient p) {
        return p.found().isPresent()
                && p.trial().intervention().isEmpty()
                && p.trial()
                        .learningRate()
                        .filter(r -> {
                            double factor = r.max() / p.found().get().max();
                            return factor > OFF_RANGE || factor < 1 / OFF_RANGE;
                        })
                        .isPresent();
    }

    /** On more rows folds and seeds differ little. */
    private static boolean isSmall(Patient p) {
        return p.dataset().trainingRows() <= Regime.SMALL;
    }

    private static boolean tiny(Patient p) {
        return calm(p) && p.network().filter(NetworkChanges::isNarrow).isPresent();
    }

    private static boolean unregularised(Patient p) {
        return p.network().filter(NetworkChanges::isUnregularised).isPresent();
    }

    private static boolean tooFast(Patient p) {
        return p.evidence("divergedFolds") > 0 || p.evidence("unsteadiness") > 0.5;
    }

    private static boolean calm(Patient p) {
        return !tooFast(p);
    }

    private static boolean tooSlow(Patient p) {
        return calm(p) && (stillFalling(p) || p.evidence("trainingLossShare") > 0.9);
    }

    private static boolean stillFalling(Patient p) {
        return p.evidence("lateValidationFall") > 0.02 || p.evidence("learntLate") > 0.2;
    }

    /** Where the step cannot grow any more all that a higher rate changed would be the patience. */
    private static boolean steppingShort(Patient p) {
        return stillFalling(p)
                && p.boosting().filter(t -> t.learningRate() < MOST_RATE).isPresent();
    }

    /** Another step and, the other way round, more or fewer rounds. */
    private static TreesConfiguration steps(TreesConfiguration t, double rateFactor, double roundsFactor) {
        int patience = (int) Math.max(10, t.patience() / rateFactor);
        return t.but()
                .learningRate(rounded(Math.min(MOST_RATE, Math.max(0.005, t.learningRate() * rateFactor))))
                .rounds((int) Math.min(MOST_ROUNDS, t.rounds() * roundsFactor))
                .patience(Math.min(MOST_PATIENCE, patience))
                .build();
    }

    private static TreesConfiguration grown(TreesConfiguration t, double factor) {
        int levels = factor > 1 ? 2 : -2;
        int depth = t.maxDepth() == 0 ? 0 : Math.max(1, Math.min(12, t.maxDepth() + levels));
        int leaves = t.maxLeaves() == 0 ? 0 : (int) Math.max(3, Math.min(512, t.maxLeaves() * factor));
        return t.but().maxDepth(depth).maxLeaves(leaves).build();
    }

    private static TreesConfiguration penalised(TreesConfiguration t) {
        return t.but()
                .minChildWeight(rounded(Math.min(100, 3 * Math.max(1, t.minChildWeight()))))
                .l2(rounded(Math.min(100, 4 * Math.max(1, t.l2()))))
                .build();
    }

    private static TreesConfiguration sampled(TreesConfiguration t) {
        return t.but()
                .rowSample(rounded(Math.max(0.4, t.rowSample() * 0.75)))
                .columnSample(rounded(Math.max(0.2, t.columnSample() * 0.7)))
                .build();
    }

    private static double rounded(double value) {
        return RandomConfigurations.rounded(value);
    }
}
