package io.millrace.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.database.Database;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.ModelPublished;
import io.millrace.gateway.core.ExplainRun;
import io.millrace.gateway.core.Explanation;
import io.millrace.gateway.core.RangeTestState;
import io.millrace.gateway.core.RunState;
import io.millrace.gateway.core.RunStatus;
import io.millrace.gateway.core.TrialState;
import io.millrace.gateway.view.LeaderboardView;
import io.millrace.gateway.view.ModelPage;
import io.millrace.gateway.view.ModelSummary;
import io.millrace.gateway.view.RangeTestView;
import io.millrace.gateway.view.RangeTests;
import io.millrace.gateway.view.RecordedEvent;
import io.millrace.gateway.view.RunPage;
import io.millrace.gateway.view.RunView;
import io.millrace.gateway.view.TrialView;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the gateway answers; everything here blocks. Empty where there is no such run, trial or model. */
public final class Readings {
    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

    private final EventRepository events;
    private final RunRepository runs;
    private final TrialRepository trials;
    private final RangeTestRepository rangeTests;
    private final ModelRepository models;
    private final BlobStore blobs;

    public Readings(Database database, BlobStore blobs) {
        this.events = database.repository(EventRepository.class);
        this.runs = database.repository(RunRepository.class);
        this.trials = database.repository(TrialRepository.class);
        this.rangeTests = database.repository(RangeTestRepository.class);
        this.models = database.repository(ModelRepository.class);
        this.blobs = blobs;
    }

    /** Runs older than a cursor, newest first. */
    public RunPage runs(Cursor cursor, Optional<RunStatus> status, int most) {
        String wanted = status.map(RunStatus::wireName).orElse("");
        List<RunRow> found = runs.before(cursor.begunAt(), cursor.id(), wanted, most + 1);
        List<RunRow> page = found.subList(0, Math.min(most, found.size()));
        Map<String, TrialCounts> counts = page.isEmpty()
                ? Map.of()
                : trials.counts(page.stream().map(RunRow::id).toList()).stream()
                        .collect(Collectors.toMap(TrialCounts::runId, Function.identity()));
        Map<String, List<MissingEvent>> missing = page.isEmpty()
                ? Map.of()
                : events.missing(page.stream().map(RunRow::id).toList()).stream()
                        .collect(Collectors.groupingBy(MissingEvent::runId));
        List<RunView> views = page.stream()
                .map(row -> RunView.of(
                        state(row),
                        counts.getOrDefault(row.id(), TrialCounts.none(row.id())),
                        missing.getOrDefault(row.id(), List.of())))
                .toList();
        Optional<String> next = found.size() > most
                ? Optional.of(Cursor.after(page.get(page.size() - 1)).text())
                : Optional.empty();
        return new RunPage(views, next);
    }

    /** One run. */
    public Optional<RunView> run(String id) {
        return runs.find(id)
                .map(row -> RunView.of(
                        state(row),
                        trials.counts(List.of(id)).stream().findFirst().orElseGet(() -> TrialCounts.none(id)),
                        events.missing(List.of(id))));
    }

    /** Whether a run is over; empty where there is none. */
    public Optional<Boolean> ended(String id) {
        return runs.find(id).map(row -> row.endedAt() != null);
    }

    /** The leaderboard of a run. */
    public Optional<LeaderboardView> leaderboard(String run) {
        return runs.find(run).map(row -> models.ofRun(run)
                .map(m -> LeaderboardView.published(Documents.read(m.state(), ModelPublished.class)))
                .orElseGet(() -> LeaderboardView.live(
                        run,
                        trials.of(run).stream()
                                .map(t -> Documents.read(t.state(), TrialState.class))
                                .toList())));
    }

    /** One trial. */
    public Optional<TrialView> trial(String run, String trial) {
        return trials.find(run, trial).map(row -> TrialView.of(run, Documents.read(row.state(), TrialState.class)));
    }

    /** The range tests of a run with their curves. */
    public Optional<RangeTests> rangeTests(String run) {
        return runs.find(run)
                .map(row -> new RangeTests(
                        run,
                        rangeTests.of(run).stream()
                                .map(r -> Documents.read(r.state(), RangeTestState.class))
                                .map(t -> RangeTestView.of(t, t.finding().flatMap(f -> curve(f.curve()))))
                                .toList()));
    }

    /** A run as a story. */
    public Optional<Explanation> explanation(String run) {
        return runs.find(run)
                .map(row -> ExplainRun.of(
                        run,
                        events.after(run, 0, Integer.MAX_VALUE).stream()
                                .<Envelope<? extends Event>>map(r -> recorded(r).envelope())
                                .toList()));
    }

    /** A row as the stream of events sends it. */
    public static RecordedEvent recorded(EventRow row) {
        return new RecordedEvent(
                row.eventId(),
                row.type(),
                row.runId(),
                row.subject(),
                row.time(),
                Documents.read(row.payload(), JsonNode.class));
    }

    /** Events of a run after a position, oldest first. */
    public List<EventRow> events(String run, long after, int most) {
        return events.after(run, after, most);
    }

    /** The latest model of every name after one, by name. */
    public ModelPage models(String after, int most) {
        List<ModelSummary> found = models.latestOfEach(after, most + 1).stream()
                .map(row -> ModelSummary.of(Documents.read(row.state(), ModelPublished.class)))
                .toList();
        List<ModelSummary> page = found.subList(0, Math.min(most, found.size()));
        return new ModelPage(
                page,
                found.size() > most ? Optional.of(page.get(page.size() - 1).name()) : Optional.empty());
    }

    /** All runs in numbers. */
    public Census census() {
        return new Census(
                runs.countByStatus().stream().collect(Collectors.toMap(StatusCount::status, StatusCount::runs)),
                events.quietest(),
                models.lastPublished());
    }

    /** The latest model of a name. */
    public Optional<ModelPublished> model(String name) {
        return models.latest(name).map(row -> Documents.read(row.state(), ModelPublished.class));
    }

    /** A curve that is lost must not hide the finding that was drawn from it. */
    private Optional<JsonNode> curve(BlobRef ref) {
        try {
            return Optional.of(Json.read(blobs.read(ref), JsonNode.class));
        } catch (EventHandlingException e) {
            LOG.warn("the curve {} cannot be read: {}", ref.uri(), e.getMessage());
            return Optional.empty();
        }
    }

    private static RunState state(RunRow row) {
        return row.state() == null ? RunState.unknown(row.id()) : Documents.read(row.state(), RunState.class);
    }
}
