package io.millrace.gateway.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.dataset.Metric;
import io.millrace.events.Cause;
import io.millrace.events.Event;
import io.millrace.events.Score;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.runtime.Envelope;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trial as far as its events tell; a commutative fold like {@link RunState}.
 *
 * @param trial name of the trial within the run
 * @param number ordinal of the trial within the run
 * @param configuration what is trained
 * @param learningRate where it is trained, for networks
 * @param cause which trial it was made of and why; absent for one of its own
 * @param rungs every rung that was asked for, lowest first
 */
public record TrialState(
        String trial,
        int number,
        Optional<Configuration> configuration,
        Optional<LearningRateRange> learningRate,
        Optional<Cause> cause,
        SortedMap<Integer, RungState> rungs) {

    public TrialState {
        rungs = Collections.unmodifiableSortedMap(new TreeMap<>(rungs));
    }

    /** A trial of which only the name is known. */
    public static TrialState unknown(String trial) {
        return new TrialState(trial, 0, Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>());
    }

    /** Name of the trial an event is about, if it is about one. */
    public static Optional<String> trialOf(Event event) {
        if (event instanceof TrialRequested e) {
            return Optional.of(e.trial());
        }
        if (event instanceof TrialTrained e) {
            return Optional.of(e.request().trial());
        }
        if (event instanceof TrialEvaluated e) {
            return Optional.of(e.trial());
        }
        if (event instanceof TrialFailed e) {
            return Optional.of(e.trial());
        }
        return Optional.empty();
    }

    /** The state after one more event of this trial; events of no trial change nothing. */
    public TrialState on(Envelope<? extends Event> envelope) {
        Instant at = envelope.time();
        Event event = envelope.event();
        if (event instanceof TrialRequested e) {
            return requested(e, at, Optional.empty(), TrialStatus.REQUESTED);
        }
        if (event instanceof TrialTrained e) {
            return requested(e.request(), at, Optional.of(e.artifacts()), TrialStatus.TRAINED);
        }
        if (event instanceof TrialEvaluated e) {
            return described(e.number(), Optional.of(e.configuration()), e.learningRate())
                    .rung(
                            e.rung(),
                            new RungState(
                                    Map.of(TrialStatus.EVALUATED, at),
                                    Optional.empty(),
                                    Optional.of(e.artifacts()),
                                    Optional.of(Evaluation.of(e)),
                                    Optional.empty()));
        }
        if (event instanceof TrialFailed e) {
            return described(e.number(), Optional.empty(), Optional.empty())
                    .rung(
                            e.rung(),
                            new RungState(
                                    Map.of(TrialStatus.FAILED, at),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(new RungState.Failure(e.kind(), e.message()))));
        }
        return this;
    }

    /** Highest rung that was asked for; 0 when none is known. */
    public int rung() {
        return rungs.isEmpty() ? 0 : rungs.lastKey();
    }

    /** Whether no rung above this one was scored. */
    boolean endedAt(int rung) {
        return rungs.tailMap(rung + 1).values().stream()
                .allMatch(above -> above.evaluation().isEmpty());
    }

    /** Status of the highest rung. */
    public TrialStatus status() {
        return rungs.isEmpty()
                ? TrialStatus.REQUESTED
                : rungs.get(rungs.lastKey()).status();
    }

    /** Name under which the leaderboard lists it. */
    public Optional<String> family() {
        return configuration.map(Configuration::family);
    }

    /** Evaluation of the highest rung that has one. */
    public Optional<Evaluation> evaluation() {
        return rungs.values().stream().flatMap(r -> r.evaluation().stream()).reduce((low, high) -> high);
    }

    /** Its score as an error to minimise. */
    public Optional<Double> error() {
        return evaluation().map(e -> e.metric().asError(e.score().value()));
    }

    /** The optimised metric with its interval. */
    public Optional<Score> score() {
        return evaluation().map(Evaluation::score);
    }

    /** What is optimised. */
    public Optional<Metric> metric() {
        return evaluation().map(Evaluation::metric);
    }

    /** Folds that the score rests on; 0 without one. */
    public int scoredFolds() {
        return rungs.values().stream()
                .filter(r -> r.evaluation().isPresent())
                .flatMap(r -> r.artifacts().stream())
                .reduce((low, high) -> high)
                .map(a -> a.folds().size())
                .orElse(0);
    }

    /** Folds that are trained, at the highest rung that tells. */
    public int folds() {
        return rungs.values().stream()
                .flatMap(r -> r.artifacts().stream())
                .map(TrialArtifacts::folds)
                .reduce((low, high) -> high)
                .map(List::size)
                .orElse(0);
    }

    /** Wall-clock seconds of training over all rungs. */
    public double trainSeconds() {
        return rungs.values().stream()
                .flatMap(r -> r.evaluation().stream())
                .mapToDouble(Evaluation::wallSeconds)
                .sum();
    }

    /** Why its first rung was asked for. */
    public Optional<String> reason() {
        return rungs.values().stream().flatMap(r -> r.reason().stream()).findFirst();
    }

    /** Processor time of training over all rungs. */
    public double cpuSeconds() {
        return rungs.values().stream()
                .flatMap(r -> r.evaluation().stream())
                .mapToDouble(Evaluation::cpuSeconds)
                .sum();
    }

    private TrialState requested(
            TrialRequested e, Instant at, Optional<TrialArtifacts> artifacts, TrialStatus reached) {
        return described(e.number(), Optional.of(e.configuration()), e.learningRate())
                .because(e.cause())
                .rung(
                        e.rung(),
                        new RungState(
                                Map.of(reached, at),
                                Optional.of(e.reason()),
                                artifacts,
                                Optional.empty(),
                                Optional.empty()));
    }

    private TrialState described(int ordinal, Optional<Configuration> what, Optional<LearningRateRange> where) {
        return new TrialState(trial, ordinal, what.or(() -> configuration), where.or(() -> learningRate), cause, rungs);
    }

    private TrialState because(Optional<Cause> why) {
        return new TrialState(trial, number, configuration, learningRate, why.or(() -> cause), rungs);
    }

    private TrialState rung(int rung, RungState news) {
        SortedMap<Integer, RungState> all = new TreeMap<>(rungs);
        all.merge(rung, news, RungState::with);
        return new TrialState(trial, number, configuration, learningRate, cause, all);
    }
}
