package io.millrace.gateway.core;

import io.millrace.events.FailureKind;
import io.millrace.events.TrialArtifacts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One rung of a trial as far as its events tell.
 *
 * @param times when each status was reached
 * @param reason why the planner asked for it
 * @param artifacts what the trial had produced by then
 * @param evaluation its score, once evaluated
 * @param failure what happened, if it failed
 */
public record RungState(
        Map<TrialStatus, Instant> times,
        Optional<String> reason,
        Optional<TrialArtifacts> artifacts,
        Optional<Evaluation> evaluation,
        Optional<Failure> failure) {

    /** Why a rung failed and whose turn it is. */
    public record Failure(FailureKind kind, String message) {}

    static final RungState UNKNOWN =
            new RungState(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public RungState {
        times = Map.copyOf(times);
    }

    /** The last status that any event led to. */
    public TrialStatus status() {
        return times.keySet().stream().max(TrialStatus::compareTo).orElse(TrialStatus.REQUESTED);
    }

    /** Both taken together; each part is known to at most one side, or the same on both. */
    RungState with(RungState other) {
        Map<TrialStatus, Instant> all = new EnumMap<>(TrialStatus.class);
        all.putAll(times);
        other.times.forEach((k, v) -> all.merge(k, v, (a, b) -> a.isBefore(b) ? a : b));
        return new RungState(
                all,
                other.reason.or(() -> reason),
                other.artifacts.or(() -> artifacts),
                other.evaluation.or(() -> evaluation),
                other.failure.or(() -> failure));
    }
}
