package io.millrace.gateway.store;

import io.millrace.configuration.LearningRateRange;
import io.millrace.database.Database;
import io.millrace.database.Schema;
import io.millrace.dataset.Metric;
import io.millrace.events.Event;
import io.millrace.events.ModelPublished;
import io.millrace.events.Score;
import io.millrace.gateway.core.RangeTestState;
import io.millrace.gateway.core.RangeTestState.Finding;
import io.millrace.gateway.core.RunState;
import io.millrace.gateway.core.Stage;
import io.millrace.gateway.core.TrialState;
import io.millrace.runtime.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes events into the tables: each once, whatever the order, in one transaction that locks the run first. So the
 * events of a run get positions in the order of their commits, and a reader that goes on from a position misses none.
 */
public final class Projections {
    /** Where the tables are. */
    public static final Schema SCHEMA = new Schema("gateway", 8);

    private final Database database;
    private final EventRepository events;
    private final RunRepository runs;
    private final TrialRepository trials;
    private final RangeTestRepository rangeTests;
    private final ModelRepository models;

    public Projections(Database database) {
        this.database = database;
        this.events = database.repository(EventRepository.class);
        this.runs = database.repository(RunRepository.class);
        this.trials = database.repository(TrialRepository.class);
        this.rangeTests = database.repository(RangeTestRepository.class);
        this.models = database.repository(ModelRepository.class);
    }

    /** Records an event and everything it changes, once. */
    public Recorded apply(Envelope<? extends Event> envelope) {
        String runId = envelope.runId();
        return database.inTransaction(() -> {
            RunState run = lock(runId, envelope.time());
            boolean first = events.record(
                            envelope.id(),
                            envelope.type().eventName(),
                            runId,
                            envelope.subject(),
                            envelope.time(),
                            Documents.write(envelope.event()))
                    > 0;
            if (!first) {
                return Recorded.BEFORE;
            }
            events.cameAfterAll(envelope.id());
            store(run.on(envelope));
            TrialState.trialOf(envelope.event()).ifPresent(t -> storeTrial(runId, t, envelope));
            RangeTestState.candidateOf(envelope.event()).ifPresent(c -> storeRangeTest(runId, c, envelope));
            if (envelope.event() instanceof ModelPublished model) {
                storeModel(model);
            }
            return new Recorded(true, stages(envelope));
        });
    }

    /** Notes that an event was given up, so that its run is shown as incomplete until it comes again. */
    public void miss(Envelope<? extends Event> envelope) {
        database.inTransaction(() ->
                events.miss(envelope.id(), envelope.runId(), envelope.type().eventName(), envelope.subject()));
    }

    /** Of the two events that bound a stage either may come last; the run's lock lets only one find both. */
    private Map<Stage, Duration> stages(Envelope<? extends Event> envelope) {
        Map<Stage, Duration> whole = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.touchedBy(envelope.type())) {
            Optional<Instant> begin =
                    events.firstTime(envelope.runId(), stage.begin().eventName());
            Optional<Instant> end =
                    events.firstTime(envelope.runId(), stage.end().eventName());
            if (begin.isPresent() && end.isPresent()) {
                whole.put(stage, Duration.between(begin.get(), end.get()));
            }
        }
        return whole;
    }

    /** Notes a run that was accepted but whose first event is still under way. */
    public void accept(String runId, String name, Instant at) {
        database.inTransaction(() -> {
            store(lock(runId, at).accepted(name, at));
            return runId;
        });
    }

    private RunState lock(String runId, Instant at) {
        runs.ensure(runId, at);
        String state = runs.lock(runId).state();
        return state == null ? RunState.unknown(runId) : Documents.read(state, RunState.class);
    }

    private void store(RunState run) {
        runs.store(
                run.id(),
                run.name().orElse(null),
                run.status().wireName(),
                run.begun().orElseThrow(),
                run.ended().orElse(null),
                Documents.write(run));
    }

    private void storeTrial(String runId, String trial, Envelope<? extends Event> envelope) {
        TrialState state = trials.find(runId, trial)
                .map(row -> Documents.read(row.state(), TrialState.class))
                .orElseGet(() -> TrialState.unknown(trial))
                .on(envelope);
        trials.store(
                runId,
                trial,
                state.number(),
                state.family().orElse(null),
                state.status().wireName(),
                state.rung(),
                state.metric().map(Metric::wireName).orElse(null),
                state.score().map(Score::value).orElse(null),
                state.error().orElse(null),
                Documents.write(state));
    }

    private void storeRangeTest(String runId, String candidate, Envelope<? extends Event> envelope) {
        RangeTestState state = rangeTests
                .find(runId, candidate)
                .map(row -> Documents.read(row.state(), RangeTestState.class))
                .orElseGet(() -> RangeTestState.unknown(candidate))
                .on(envelope);
        rangeTests.store(
                runId,
                candidate,
                state.finding().map(Finding::at).orElse(null),
                state.finding()
                        .map(Finding::chosen)
                        .map(LearningRateRange::base)
                        .orElse(null),
                state.finding().map(Finding::chosen).map(LearningRateRange::max).orElse(null),
                Documents.write(state));
    }

    private void storeModel(ModelPublished model) {
        models.store(
                model.run(),
                model.name(),
                model.publishedAt(),
                model.metric().wireName(),
                model.score().value(),
                Documents.write(model));
    }
}
