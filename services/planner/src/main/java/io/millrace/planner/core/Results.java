package io.millrace.planner.core;

import io.millrace.events.FailureKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Takes the results of work items: at once where a budget bounds the run, in the order of the items where trials do. */
final class Results {
    /** So many trials keep their artifacts; the ensemble takes fewer, and promotions come from the front. */
    private static final int KEEP_ARTIFACTS = 40;

    private Results() {}

    static void take(Draft draft, int number, int rung, Function<WorkItem, Arrival> result) {
        Optional<WorkItem> item = draft.outstanding.stream()
                .filter(i -> i.number() == number && i.rung() == rung)
                .findFirst();
        if (item.isEmpty()) {
            return;
        }
        Arrival arrival = result.apply(item.get());
        if (!draft.countsTrials()) {
            digest(draft, item.get(), arrival);
            return;
        }
        if (draft.arrived.stream().noneMatch(a -> a.ordinal() == arrival.ordinal())) {
            draft.arrived.add(arrival);
        }
        digestInOrder(draft);
    }

    private static void digestInOrder(Draft draft) {
        while (!draft.outstanding.isEmpty()) {
            WorkItem next = draft.outstanding.get(0);
            Optional<Arrival> arrival = draft.arrived.stream()
                    .filter(a -> a.ordinal() == next.ordinal())
                    .findFirst();
            if (arrival.isEmpty()) {
                return;
            }
            draft.arrived.remove(arrival.get());
            digest(draft, next, arrival.get());
            // The next decision may rest on this result and on none after it.
            Course.fill(draft);
        }
    }

    private static void digest(Draft draft, WorkItem item, Arrival arrival) {
        draft.outstanding.remove(item);
        draft.digested++;
        draft.ended += item.rung() == 0 ? 1 : 0;
        arrival.outcome().ifPresent(outcome -> scored(draft, item, outcome));
        arrival.failure().ifPresent(failure -> failed(draft, item, failure));
        forgetTheHindmost(draft);
    }

    private static void scored(Draft draft, WorkItem item, Outcome outcome) {
        Trial trial = draft.trial(item);
        draft.trials.put(trial.number(), trial.with(outcome));
        if (item.rung() == 0) {
            AssessCure.assess(draft, trial, Optional.of(outcome));
        }
        draft.firstLooks += item.rung() == 0 ? 1 : 0;
        if (draft.clock.isPresent()) {
            measure(draft, item, trial, outcome);
        }
    }

    private static void measure(Draft draft, WorkItem item, Trial trial, Outcome outcome) {
        double waited = BudgetClock.seconds(Duration.between(item.requestedAt(), draft.now)) - outcome.wallSeconds();
        if (item.rung() > 0) {
            draft.costs = draft.costs.plusPromotion(outcome.wallSeconds(), waited);
        } else {
            double units = draft.model.units(trial.configuration(), item.folds().size(), item.rowLimit());
            draft.costs =
                    draft.costs.plusFirstLook(trial.configuration().family(), units, outcome.wallSeconds(), waited);
        }
    }

    private static void failed(Draft draft, WorkItem item, Failure failure) {
        draft.failures++;
        if (draft.firstFailure.isEmpty() && failure.kind() != FailureKind.TIMEOUT) {
            draft.firstFailure = Optional.of(failure);
        }
        if (item.rung() == 0) {
            AssessCure.assess(draft, draft.trial(item), Optional.empty());
            draft.trials.remove(item.number());
        }
    }

    /** Keeps the state small however many trials a run makes. */
    private static void forgetTheHindmost(Draft draft) {
        if (draft.trials.size() <= KEEP_ARTIFACTS) {
            return;
        }
        Set<Integer> busy = new HashSet<>();
        draft.outstanding.forEach(i -> busy.add(i.number()));
        List<Trial> ranked = Standings.ranked(draft.trials.values());
        Set<Trial> leaders = Standings.familyLeaders(ranked);
        for (int i = KEEP_ARTIFACTS; i < ranked.size(); i++) {
            Trial trial = ranked.get(i);
            if (busy.contains(trial.number()) || leaders.contains(trial)) {
                continue;
            }
            if (i < Standings.MOST_ROWS) {
                draft.trials.put(trial.number(), trial.withoutArtifacts());
            } else {
                draft.trials.remove(trial.number());
            }
        }
    }
}
