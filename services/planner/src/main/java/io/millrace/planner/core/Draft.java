package io.millrace.planner.core;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.CureRecord;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.SearchPolicy;
import io.millrace.runtime.Emission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The state while one decision is made: open for change, and closed again by {@link #decide}. */
final class Draft {
    final SearchPolicy policy;
    final DatasetProfiled dataset;
    final Regime regime;
    final CostModel model;
    final Instant now;
    final int window;
    final List<Emission> emissions = new ArrayList<>();

    Optional<BudgetClock> clock;
    Phase phase;
    int proposals;
    final List<Proposal> pending;
    final Map<String, RangeTest> ranges;
    int issued;
    int started;
    int digested;
    final List<WorkItem> outstanding;
    final List<Arrival> arrived;
    final TreeMap<Integer, Trial> trials = new TreeMap<>();
    int firstLooks;
    int promoted;
    int ended;
    int failures;
    Optional<Failure> firstFailure;
    boolean probed;
    int cured;
    final Map<String, CureRecord> cureRecords;
    final Map<String, List<FamilyCurve>> curves;
    Costs costs;

    Draft(SearchState state, Instant now) {
        this(state, state.policy(), now);
    }

    /** A draft of decisions under another policy than the state's. */
    Draft(SearchState state, SearchPolicy policy, Instant now) {
        this.now = now;
        this.policy = policy;
        this.dataset = state.dataset();
        this.regime = state.regime();
        this.model = new CostModel(dataset);
        this.window = countsTrials() ? Search.LAG : policy.window();
        this.clock = state.clock().map(table -> table.at(now));
        this.phase = state.phase();
        this.proposals = state.proposals();
        this.pending = new ArrayList<>(state.pending());
        this.ranges = new TreeMap<>(state.ranges());
        this.issued = state.issued();
        this.started = state.started();
        this.digested = state.digested();
        this.outstanding = new ArrayList<>(state.outstanding());
        this.arrived = new ArrayList<>(state.arrived());
        state.trials().forEach(t -> trials.put(t.number(), t));
        this.firstLooks = state.firstLooks();
        this.promoted = state.promoted();
        this.ended = state.ended();
        this.failures = state.failures();
        this.firstFailure = state.firstFailure();
        this.probed = state.probed();
        this.cured = state.cured();
        this.cureRecords = new TreeMap<>(state.cureRecords());
        this.curves = new TreeMap<>(state.curves());
        this.costs = state.costs();
    }

    boolean countsTrials() {
        return dataset.settings().trials().isPresent();
    }

    void emit(String subject, Event event) {
        emissions.add(new Emission(subject, event));
    }

    Trial trial(WorkItem item) {
        return trials.get(item.number());
    }

    /** The trial that a proposal cures, while it is remembered. */
    Optional<Trial> parent(Proposal proposal) {
        return proposal.intervention().flatMap(i -> trials.values().stream()
                .filter(t -> t.name().equals(i.cause().parent()))
                .findFirst());
    }

    /** What the first look of a trial lacks to a perfect score. */
    double shortfall(Trial trial) {
        return dataset.metric()
                .shortfall(trial.firstLook().orElseThrow().score().value());
    }

    Optional<RangeTest> rangeOf(NetworkConfiguration network) {
        return Optional.ofNullable(ranges.get(RangeTest.key(network)));
    }

    /** Whether something could go to the ensemble. */
    boolean usable() {
        return firstLooks > 0;
    }

    Decision decide() {
        return new Decision(state(WakeUps.next(this)), emissions);
    }

    /** The state that it has come to. */
    SearchState state(Optional<Instant> wakeUp) {
        return new SearchState(
                SearchState.LAYOUT,
                policy,
                dataset,
                regime,
                clock,
                phase,
                proposals,
                pending,
                ranges,
                issued,
                started,
                digested,
                outstanding,
                arrived,
                List.copyOf(trials.values()),
                firstLooks,
                promoted,
                ended,
                failures,
                firstFailure,
                probed,
                cured,
                cureRecords,
                curves,
                costs,
                wakeUp);
    }
}
