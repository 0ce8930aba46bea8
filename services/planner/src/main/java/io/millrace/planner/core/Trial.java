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
 * @param promoted whether its promotion to more folds was decided
 * @param resumed whether it was decided that it goes on from its pause
 * @param rungError its error where networks pause, whether it did or not; absent for one that has not come there, and where none pauses
 * @param outcomes what it reached, lowest rung first; of a fold that paused and went on only the latter
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
        boolean resumed,
        Optional<Double> rungError,
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

    /** The outcome of the first look, as far as it has come. */
    public Optional<Outcome> firstLook() {
        return outcomes.stream().findFirst();
    }

    /** Whether it only asks what fewer rows give, so that nothing is made of it. */
    boolean isProbe() {
        return dataShare.filter(share -> share < 1).isPresent();
    }

    /** Whether its first look ended for the sake of others. */
    boolean stopped() {
        return firstLook().filter(Outcome::stopped).isPresent();
    }

    /** Whether its first look has come to its pause and no further. */
    boolean paused() {
        return firstLook().filter(Outcome::paused).isPresent();
    }

    /** Whether it paused, nobody has decided that it goes on, and what it would go on from is known. */
    boolean awaitsResumption() {
        return paused() && !resumed && previous().isPresent();
    }

    /** The rung that is requested next. */
    int nextRung() {
        return outcomes.isEmpty() ? 0 : outcomes.get(outcomes.size() - 1).rung() + 1;
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
        return with(Optional.of(range), promoted, resumed, rungError, outcomes);
    }

    Trial withPromotion() {
        return with(learningRate, true, resumed, rungError, outcomes);
    }

    Trial withResumption() {
        return with(learningRate, promoted, true, rungError, outcomes);
    }

    Trial atRung(Optional<Double> error) {
        return with(learningRate, promoted, resumed, error, outcomes);
    }

    /** With one more outcome, which takes the place of that of a pause. */
    Trial with(Outcome outcome) {
        List<Outcome> more = new ArrayList<>(paused() ? List.of() : outcomes);
        more.add(paused() ? outcome.after(firstLook().orElseThrow()) : outcome);
        return with(learningRate, promoted, resumed, rungError, more);
    }

    Trial withoutArtifacts() {
        return with(
                learningRate,
                promoted,
                resumed,
                rungError,
                outcomes.stream().map(Outcome::withoutArtifacts).toList());
    }

    private Trial with(
            Optional<LearningRateRange> range,
            boolean toMoreFolds,
            boolean goesOn,
            Optional<Double> error,
            List<Outcome> reached) {
        return new Trial(
                number,
                configuration,
                range,
                dataShare,
                rowLimit,
                seed,
                intervention,
                toMoreFolds,
                goesOn,
                error,
                reached);
    }
}
