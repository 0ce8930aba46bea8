package io.millrace.gateway.core;

import io.millrace.dataset.Metric;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.Event;
import io.millrace.events.ModelPublished;
import io.millrace.events.RunFailed;
import io.millrace.events.RunSettings;
import io.millrace.events.SearchCompleted;
import io.millrace.runtime.Envelope;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run as far as its events tell. The fold is commutative: whatever order the events arrive in, and whether or not
 * earlier ones are still missing, the same events lead to the same state.
 *
 * @param id id of the run
 * @param name name of the data set and the model
 * @param fileName name of the file as dropped
 * @param settings what the user asked for
 * @param data what the profiler found
 * @param reached when the run entered each status, earliest known time
 * @param reasons why it entered a status, where an event says so
 */
public record RunState(
        String id,
        Optional<String> name,
        Optional<String> fileName,
        Optional<RunSettings> settings,
        Optional<DataSummary> data,
        Map<RunStatus, Instant> reached,
        Map<RunStatus, RunReason> reasons) {

    public RunState {
        reached = ordered(reached);
        reasons = ordered(reasons);
    }

    /** A run of which nothing is known yet. */
    public static RunState unknown(String id) {
        return new RunState(
                id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of());
    }

    /** The same run, accepted at a time under a name, before its first event is seen. */
    public RunState accepted(String dataset, Instant at) {
        return named(dataset).reached(RunStatus.SUBMITTED, at);
    }

    /** The state after one more event of this run. */
    public RunState on(Envelope<? extends Event> envelope) {
        return withDetails(envelope.event()).reached(RunStatus.after(envelope.type()), envelope.time());
    }

    /** The last status that any event led to. */
    public RunStatus status() {
        return reached.keySet().stream().max(RunStatus::compareTo).orElse(RunStatus.SUBMITTED);
    }

    /** Earliest time known of the run: its submission as soon as that is known. */
    public Optional<Instant> begun() {
        return reached.values().stream().min(Instant::compareTo);
    }

    /** When it ended, if it did. */
    public Optional<Instant> ended() {
        return status().isTerminal() ? Optional.of(reached.get(status())) : Optional.empty();
    }

    /** When the model is due: submission plus budget; empty for runs that count trials. */
    public Optional<Instant> deadline() {
        return settings.flatMap(RunSettings::budget).flatMap(b -> Optional.ofNullable(reached.get(RunStatus.SUBMITTED))
                .map(t -> t.plus(b)));
    }

    /** What is optimised: as the profiler decided, or as the user asked. */
    public Optional<Metric> metric() {
        return data.map(DataSummary::metric).or(() -> settings.flatMap(RunSettings::metric));
    }

    /** Why the run is where it is; for a search that ended, why it did. */
    public Optional<RunReason> reason() {
        return Optional.ofNullable(reasons.get(status()));
    }

    private RunState withDetails(Event event) {
        if (event instanceof DatasetSubmitted e) {
            return named(e.name()).file(e.fileName()).asked(e.settings()).reached(RunStatus.SUBMITTED, e.submittedAt());
        }
        if (event instanceof DatasetProfiled e) {
            return named(e.name())
                    .asked(e.settings())
                    .profiled(DataSummary.of(e))
                    .reached(RunStatus.SUBMITTED, e.submittedAt());
        }
        if (event instanceof DatasetRejected e) {
            return named(e.name())
                    .because(RunStatus.REJECTED, new RunReason(e.problem(), e.message(), Optional.of(e.remedy())));
        }
        if (event instanceof RunFailed e) {
            String kind = e.kind().name().toLowerCase(Locale.ROOT);
            return named(e.name())
                    .because(
                            RunStatus.FAILED,
                            new RunReason(kind, "The " + e.stage() + " gave up: " + e.message(), Optional.empty()));
        }
        if (event instanceof SearchCompleted e) {
            return named(e.name())
                    .because(RunStatus.ENSEMBLING, new RunReason("search-completed", e.reason(), Optional.empty()))
                    .reached(RunStatus.SUBMITTED, e.submittedAt());
        }
        if (event instanceof EnsembleBuilt e) {
            return withDetails(e.search());
        }
        if (event instanceof ModelPublished e) {
            return named(e.name()).reached(RunStatus.SUBMITTED, e.submittedAt());
        }
        return this;
    }

    private RunState named(String value) {
        return new RunState(id, Optional.of(value), fileName, settings, data, reached, reasons);
    }

    private RunState file(String value) {
        return new RunState(id, name, Optional.of(value), settings, data, reached, reasons);
    }

    private RunState asked(RunSettings value) {
        return new RunState(id, name, fileName, Optional.of(value), data, reached, reasons);
    }

    private RunState profiled(DataSummary value) {
        return new RunState(id, name, fileName, settings, Optional.of(value), reached, reasons);
    }

    private RunState reached(RunStatus status, Instant at) {
        Map<RunStatus, Instant> times = new EnumMap<>(RunStatus.class);
        times.putAll(reached);
        times.merge(status, at, (a, b) -> a.isBefore(b) ? a : b);
        return new RunState(id, name, fileName, settings, data, times, reasons);
    }

    private RunState because(RunStatus status, RunReason reason) {
        Map<RunStatus, RunReason> all = new EnumMap<>(RunStatus.class);
        all.putAll(reasons);
        all.put(status, reason);
        return new RunState(id, name, fileName, settings, data, reached, all);
    }

    private static <V> Map<RunStatus, V> ordered(Map<RunStatus, V> map) {
        EnumMap<RunStatus, V> copy = new EnumMap<>(RunStatus.class);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }
}
