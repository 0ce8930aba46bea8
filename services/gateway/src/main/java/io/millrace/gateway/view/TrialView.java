package io.millrace.gateway.view;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.events.Cause;
import io.millrace.events.Diagnosis;
import io.millrace.events.Score;
import io.millrace.events.TrialArtifacts;
import io.millrace.gateway.core.Evaluation;
import io.millrace.gateway.core.RungState;
import io.millrace.gateway.core.TrialState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial.
 *
 * @param run id of the run
 * @param trial name of the trial within the run
 * @param number ordinal of the trial within the run
 * @param family family of its configuration
 * @param status of its highest rung: {@code requested}, {@code trained}, {@code evaluated} or {@code failed}
 * @param configuration what is trained
 * @param learningRate where it is trained, for networks
 * @param cause which trial it was made of and why; absent for one of its own
 * @param score the optimised metric at the highest rung that is scored
 * @param diagnosis which problem it has
 * @param trainSeconds wall-clock seconds of training over all rungs
 * @param rungs every rung, lowest first
 */
public record TrialView(
        String run,
        String trial,
        int number,
        Optional<String> family,
        String status,
        Optional<Configuration> configuration,
        Optional<LearningRateRange> learningRate,
        Optional<Cause> cause,
        Optional<Score> score,
        Optional<Diagnosis> diagnosis,
        double trainSeconds,
        List<Rung> rungs) {

    /** One rung of a trial. */
    public record Rung(
            int rung,
            String status,
            Map<String, Instant> times,
            Optional<String> reason,
            Optional<TrialArtifacts> artifacts,
            Optional<Evaluation> evaluation,
            Optional<RungState.Failure> failure) {
        private static Rung of(int rung, RungState state) {
            Map<String, Instant> times = new LinkedHashMap<>();
            state.times().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(t -> times.put(t.getKey().wireName(), t.getValue()));
            return new Rung(
                    rung,
                    state.status().wireName(),
                    times,
                    state.reason(),
                    state.artifacts(),
                    state.evaluation(),
                    state.failure());
        }
    }

    /** The trial as its state tells. */
    public static TrialView of(String run, TrialState t) {
        return new TrialView(
                run,
                t.trial(),
                t.number(),
                t.family(),
                t.status().wireName(),
                t.configuration(),
                t.learningRate(),
                t.cause(),
                t.score(),
                t.evaluation().map(Evaluation::diagnosis),
                t.trainSeconds(),
                t.rungs().entrySet().stream()
                        .map(r -> Rung.of(r.getKey(), r.getValue()))
                        .toList());
    }
}
