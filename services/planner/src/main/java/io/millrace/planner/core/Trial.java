package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.events.TrialArtifacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A configuration that was started.
 *
 * @param number ordinal within the run, from 1
 * @param configuration what is trained
 * @param learningRate where it trains, for networks whose range is known
 * @param dataShare share of the training rows that was asked for; absent for as many as time paid for
 * @param rowLimit most training rows of its first look; absent for all
 * @param seed seed of everything random in it, the same at every rung
 * @param intervention which trial it was made of and why; absent for one of its own
 * @param promoted whether its promotion was decided
 * @param outcomes what it reached, lowest rung first
 */
public record Trial(
        int number,
        Configuration configuration,
        Optional<LearningRateRange> learningRate,
        Optional<Double> dataShare,
        Optional<Integer> rowLimit,
        long seed,
        Optional<Intervention> intervention,
        boolean promoted,
        List<Outcome> outcomes) {

    public Trial {
        outcomes = List.copyOf(outcomes);
    }

    /** Name within the run, such as {@code t007}. */
    public String name() {
        return String.format(Locale.ROOT, "t%03d", number);
    }

    /** The outcome on the most folds. */
    public Optional<Outcome> best() {
        return outcomes.stream()
                .max(Comparator.comparingInt((Outcome o) -> o.folds().size())
                        .thenComparing(
                                Comparator.comparingDouble(Outcome::error).reversed()));
    }

    /** The outcome of the first look. */
    public Optional<Outcome> firstLook() {
        return outcomes.stream().filter(o -> o.rung() == 0).findFirst();
    }

    /** Whether it only asks what fewer rows give, so that nothing is made of it. */
    boolean isProbe() {
        return dataShare.filter(share -> share < 1).isPresent();
    }

    /** Whether its first look was stopped because others were better at the same point. */
    boolean stopped() {
        return firstLook().filter(Outcome::stopped).isPresent();
    }

    /** Wall-clock seconds of training over all rungs. */
    public double trainSeconds() {
        return outcomes.stream().mapToDouble(Outcome::wallSeconds).sum();
    }

    /** Processor time of training over all rungs. */
    public double cpuSeconds() {
        return outcomes.stream().mapToDouble(Outcome::cpuSeconds).sum();
    }

    Optional<TrialArtifacts> previous() {
        return firstLook().flatMap(Outcome::artifacts);
    }

    Trial at(LearningRateRange range) {
        return new Trial(
                number, configuration, Optional.of(range), dataShare, rowLimit, seed, intervention, promoted, outcomes);
    }

    Trial withPromotion() {
        return new Trial(number, configuration, learningRate, dataShare, rowLimit, seed, intervention, true, outcomes);
    }

    Trial with(Outcome outcome) {
        List<Outcome> more = new ArrayList<>(outcomes);
        more.add(outcome);
        return new Trial(number, configuration, learningRate, dataShare, rowLimit, seed, intervention, promoted, more);
    }

    Trial withoutArtifacts() {
        return new Trial(
                number,
                configuration,
                learningRate,
                dataShare,
                rowLimit,
                seed,
                intervention,
                promoted,
                outcomes.stream().map(Outcome::withoutArtifacts).toList());
    }
}
