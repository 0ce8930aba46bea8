package io.millrace.planner.store;

import io.millrace.database.Database;
import io.millrace.database.Schema;
import io.millrace.events.CureRecord;
import io.millrace.events.DecisionMade;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.SearchPolicy;
import io.millrace.planner.core.Decision;
import io.millrace.planner.core.SearchState;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.EventIds;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The planner's memory. Safe for use from several threads and several planners at once. */
public final class SearchStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchStore.class);
    /** Who the planner's events come from. */
    public static final String SOURCE = "/millrace/planner";

    private static final int MOST_CONFLICTS = 20;
    /** The follower, the clock, and one to spare. */
    private static final Schema SCHEMA = new Schema("planner", 4);

    private final Database database;
    private final SearchRows searches;
    private final InboxRows inbox;
    private final OutboxRows outbox;
    private final CureRows cures;

    private SearchStore(Database database) {
        this.database = database;
        this.searches = database.repository(SearchRows.class);
        this.inbox = database.repository(InboxRows.class);
        this.outbox = database.repository(OutboxRows.class);
        this.cures = database.repository(CureRows.class);
    }

    /** Brings the schema {@code planner} up to date and connects; waits as long as the server is away. */
    public static SearchStore open(DatabaseConfig database) {
        return new SearchStore(Database.await(database, SCHEMA));
    }

    /**
     * Decides on an input in one transaction: takes the event into the inbox, stores the new state under the next version
     * and the emissions in the outbox.
     *
     * @param decide the decision on the run's state, which is absent for an unknown run; no decision, no change
     * @return what was stored; absent when the event was taken before or there was nothing to decide
     */
    public Optional<Commit> decide(Input input, Function<Optional<SearchState>, Optional<Decision>> decide) {
        for (int conflicts = 0; ; conflicts++) {
            try {
                return database.inTransaction(() -> decideOnce(input, decide));
            } catch (ConflictException e) {
                if (conflicts == MOST_CONFLICTS) {
                    throw new EventHandlingException(Kind.RETRYABLE, e.getMessage(), e);
                }
            }
        }
    }

    private Optional<Commit> decideOnce(Input input, Function<Optional<SearchState>, Optional<Decision>> decide) {
        if (input.eventId().isPresent() && inbox.take(input.eventId().get()) == 0) {
            return Optional.empty();
        }
        Optional<SearchRow> row = searches.findByRunId(input.runId());
        Optional<SearchState> before = row.map(r -> StateLayouts.read(r.state()));
        Optional<Decision> decision =
                decide.apply(before).filter(d -> !d.emissions().isEmpty() || !before.equals(Optional.of(d.state())));
        if (decision.isEmpty()) {
            return Optional.empty();
        }
        store(input, row, decision.get().state());
        Optional<String> trace = input.traceparent().or(() -> row.map(SearchRow::traceparent));
        List<Envelope<? extends Event>> envelopes = new ArrayList<>();
        for (Emission emission : decision.get().emissions()) {
            envelopes.add(add(envelope(input, trace, emission)));
            if (emission.event() instanceof InterventionAssessed assessed) {
                remember(assessed);
            }
        }
        envelopes.add(
                add(envelope(input, trace, record(input, row, decision.get().state()))));
        return Optional.of(new Commit(decision.get().state(), envelopes));
    }

    /** Number, input and time of the decision: with the events that they name it can be made again. */
    private static Emission record(Input input, Optional<SearchRow> row, SearchState state) {
        long number = row.map(r -> r.version() + 1).orElse(1L);
        Optional<SearchPolicy> policy = row.isPresent() ? Optional.empty() : Optional.of(state.policy());
        return new Emission("decision/" + number, new DecisionMade(number, input.eventId(), input.now(), policy));
    }

    private void remember(InterventionAssessed assessed) {
        cures.add(
                assessed.dataKind(),
                assessed.cause().cure(),
                assessed.helped() ? 1 : 0,
                assessed.helped() ? assessed.measuredGain().orElse(0.0) : 0);
    }

    private void store(Input input, Optional<SearchRow> row, SearchState state) {
        String json = new String(Json.write(state), StandardCharsets.UTF_8);
        Instant wakeUp = state.wakeUp().orElse(null);
        int stored = row.isPresent()
                ? searches.advance(input.runId(), row.get().version(), state.active(), wakeUp, json)
                : searches.begin(
                        input.runId(),
                        state.active(),
                        wakeUp,
                        input.traceparent().orElse(null),
                        json);
        if (stored == 0) {
            throw new ConflictException(input.runId());
        }
    }

    /** Encodes it, so that what could never be published fails with the decision that led to it. */
    private Envelope<? extends Event> add(Envelope<? extends Event> e) {
        outbox.add(
                e.id(),
                e.type().ceType(),
                e.subject(),
                e.runId(),
                e.causationId().orElse(null),
                e.traceparent().orElse(null),
                e.source(),
                e.time(),
                new String(CloudEvents.encode(e).value(), StandardCharsets.UTF_8));
        return e;
    }

    /** The id rests on run and work, not on the cause: the same work is the same event, however the planner came to it. */
    private static Envelope<? extends Event> envelope(Input input, Optional<String> trace, Emission emission) {
        return new Envelope<>(
                EventIds.of(EventType.of(emission.event()), input.runId() + '/' + emission.subject(), 0),
                emission.subject(),
                input.runId(),
                input.eventId(),
                trace,
                SOURCE,
                input.now(),
                emission.event());
    }

    /** Runs that go on, with the time at which the clock should be asked. */
    public Map<String, Instant> wakeUps() {
        Map<String, Instant> at = new TreeMap<>();
        searches.wakeUps().forEach(w -> at.put(w.runId(), w.wakeUp()));
        return at;
    }

    /** How the cures have done on a kind of data, in all runs so far, by name. */
    public Map<String, CureRecord> cureRecords(String dataKind) {
        return cures.of(dataKind).stream()
                .collect(Collectors.toMap(CureRow::cure, r -> new CureRecord(r.tried(), r.helped(), r.gain())));
    }

    /** Whether the database answers. */
    public boolean answers() {
        return database.answers();
    }

    /** The state of a run. */
    public Optional<SearchState> find(String runId) {
        return searches.findByRunId(runId).map(r -> StateLayouts.read(r.state()));
    }

    /** What was decided so many seconds ago or earlier and never marked as published, in order; what cannot be read is left. */
    public List<Envelope<? extends Event>> unpublished(double seconds) {
        List<Envelope<? extends Event>> envelopes = new ArrayList<>();
        outbox.olderThan(seconds).stream()
                .sorted(Comparator.comparingLong(OutboxRow::position))
                .forEach(row -> read(row).ifPresent(envelopes::add));
        return envelopes;
    }

    private static Optional<Envelope<? extends Event>> read(OutboxRow row) {
        try {
            return Optional.of(row.envelope());
        } catch (RuntimeException e) {
            LOG.error(
                    "the event {} of run {} in the outbox cannot be read and is left: {}",
                    row.eventId(),
                    row.runId(),
                    e.toString());
            return Optional.empty();
        }
    }

    /** Marks events as published. */
    public void published(List<Envelope<? extends Event>> events) {
        if (!events.isEmpty()) {
            outbox.published(events.stream().map(Envelope::id).toList());
        }
    }

    /** Forgets a run whose state nothing can be done with: its later events and the clock find none. */
    public void forget(String runId) {
        searches.deleteByRunId(runId);
    }

    /** Forgets events that were taken before a moment, and runs that had ended by then; no event of theirs may come again. */
    public void forgetUntil(Instant before) {
        inbox.forget(before);
        searches.forget(before);
    }

    @Override
    public void close() {
        database.close();
    }
}
