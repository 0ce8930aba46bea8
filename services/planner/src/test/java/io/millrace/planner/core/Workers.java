package io.millrace.planner.core;

import io.millrace.events.Event;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchPolicy;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.Emission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A whole run in virtual time: the search on one side, trainers and a range tester that take as long as they are told on
 * the other. Records every input, so that a test can replay them.
 */
final class Workers {
    /** An input and when it came. */
    record Input(Instant at, Event event) {}

    private record Due(Instant at, long order, Event event) {}

    final List<Input> inputs = new ArrayList<>();
    final List<Emission> emissions = new ArrayList<>();
    private final int cores;
    private final ToDoubleFunction<TrialRequested> seconds;
    private final Function<TrialRequested, Event> result;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private final Instant[] free;
    private SearchPolicy policy = Given.POLICY;
    private double rangeTestSeconds = 0.4;
    private long order;
    double busySeconds;
    SearchState state;
    Instant now = Given.START;

    Workers(int cores, ToDoubleFunction<TrialRequested> seconds) {
        this(cores, seconds, r -> Given.scored(r, Given.error(r), seconds.applyAsDouble(r)));
    }

    Workers(int cores, ToDoubleFunction<TrialRequested> seconds, Function<TrialRequested, Event> result) {
        this.cores = cores;
        this.seconds = seconds;
        this.result = result;
        this.free = new Instant[cores];
    }

    Workers withRangeTestsOf(double testSeconds) {
        rangeTestSeconds = testSeconds;
        return this;
    }

    Workers under(SearchPolicy other) {
        policy = other;
        return this;
    }

    /** Runs to the end and returns the last event. */
    Event run(io.millrace.events.DatasetProfiled dataset, Instant profiledAt) {
        now = profiledAt;
        for (int i = 0; i < cores; i++) {
            free[i] = now;
        }
        inputs.add(new Input(now, dataset));
        take(Search.begin(dataset, policy, now));
        for (int steps = 0; state.active() && steps < 100_000; steps++) {
            step();
        }
        return emissions.get(emissions.size() - 1).event();
    }

    private void step() {
        Optional<Instant> wakeUp = state.wakeUp();
        Due next = due.peek();
        if (next != null && wakeUp.filter(at -> at.isBefore(next.at())).isEmpty()) {
            due.poll();
            now = next.at();
            inputs.add(new Input(now, next.event()));
            take(Search.on(state, next.event(), now));
        } else {
            now = wakeUp.orElseThrow(() -> new IllegalStateException("the run hangs"));
            inputs.add(new Input(now, null));
            take(Search.tick(state, now));
        }
    }

    private void take(Decision decision) {
        state = decision.state();
        emissions.addAll(decision.emissions());
        decision.emissions().forEach(e -> work(e.event()));
    }

    private void work(Event event) {
        if (event instanceof RangeTestRequested request && rangeTestSeconds < 1e6) {
            later(now.plus(BudgetClock.duration(rangeTestSeconds)), Given.range(request, 0.01));
        } else if (event instanceof TrialRequested request) {
            int core = 0;
            for (int i = 1; i < cores; i++) {
                core = free[i].isBefore(free[core]) ? i : core;
            }
            Instant begin = free[core].isAfter(now) ? free[core] : now;
            Instant end = begin.plus(BudgetClock.duration(seconds.applyAsDouble(request)));
            Instant cut = request.deadline()
                    .filter(d -> d.isBefore(end))
                    .map(d -> d.isBefore(begin) ? begin : d)
                    .orElse(end);
            free[core] = cut;
            busySeconds += BudgetClock.seconds(java.time.Duration.between(begin, cut));
            later(cut, cut.isBefore(end) ? cutShort(request) : result.apply(request));
        }
    }

    private static Event cutShort(TrialRequested request) {
        return Given.failed(request, io.millrace.events.FailureKind.TIMEOUT);
    }

    private void later(Instant at, Event event) {
        due.add(new Due(at, order++, event));
    }

    List<TrialRequested> requests() {
        return emissions.stream()
                .map(Emission::event)
                .filter(Given::isTrial)
                .map(TrialRequested.class::cast)
                .toList();
    }

    SearchCompleted completed() {
        return (SearchCompleted) emissions.get(emissions.size() - 1).event();
    }

    RunFailed failure() {
        return (RunFailed) emissions.get(emissions.size() - 1).event();
    }
}
