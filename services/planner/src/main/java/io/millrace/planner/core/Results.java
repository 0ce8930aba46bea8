package io.millrace.planner.core;

import io.millrace.dataset.Metric;
import io.millrace.events.CureRecord;
import io.millrace.events.FailureKind;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.TrainingEnd;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes the results of work items into the state, at once where a budget bounds the run, in the order of the items where trials
 * do; and holds what a cure did against what was expected of it.
 */
final class Results {
    /** So many trials keep their artifacts; the ensemble takes fewer, and promotions come from the front. */
    private static final int KEEP_ARTIFACTS = 40;

    private Results() {}

    /** Takes what a trial reached and what is wrong with it. */
    static void evaluated(Draft draft, TrialEvaluated e) {
        Metric metric = draft.dataset.metric();
        double error = metric.asError(e.score().value());
        if (!Double.isFinite(error)) {
            Failure failure =
                    new Failure(FailureKind.BUG, "The " + metric.wireName() + " of " + e.trial() + " is no number.");
            take(draft, e.number(), e.rung(), item -> Arrival.of(item.ordinal(), failure));
            return;
        }
        Outcome outcome = new Outcome(
                e.rung(),
                e.artifacts().folds(),
                e.complete(),
                error,
                e.score(),
                e.diagnosis().verdict(),
                e.diagnosis().confidence(),
                e.diagnosis().evidence(),
                e.wallSeconds(),
                e.cpuSeconds(),
                e.stoppedBy(),
                Optional.of(e.artifacts()));
        take(draft, e.number(), e.rung(), item -> Arrival.of(item.ordinal(), outcome, e.progress()));
    }

    static void failed(Draft draft, TrialFailed e) {
        Failure failure = new Failure(e.kind(), e.message());
        take(draft, e.number(), e.rung(), item -> Arrival.of(item.ordinal(), failure));
    }

    private static void take(Draft draft, int number, int rung, Function<WorkItem, Arrival> result) {
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
        arrival.outcome().ifPresent(outcome -> {
            scored(draft, item, outcome);
            arrival.progress().ifPresent(curve -> {
                MedianStopping.remember(draft, item, outcome, curve);
                EpochRungs.remember(draft, item, curve);
            });
        });
        arrival.failure().ifPresent(failure -> failed(draft, item, failure));
        forgetTheHindmost(draft);
    }

    private static void scored(Draft draft, WorkItem item, Outcome outcome) {
        Trial trial = draft.trial(item);
        draft.trials.put(trial.number(), trial.with(outcome));
        // One that the deadline cut has not shown what its cure can do.
        if (item.rung() == 0 && outcome.complete() && !TrainingEnd.DEADLINE.ended(outcome.stoppedBy())) {
            assess(draft, trial, Optional.of(outcome));
        }
        draft.firstLooks += item.rung() == 0 ? 1 : 0;
        if (draft.clock.isPresent()) {
            measure(draft, item, trial, outcome);
        }
    }

    private static void measure(Draft draft, WorkItem item, Trial trial, Outcome outcome) {
        double waited = BudgetClock.seconds(Duration.between(item.requestedAt(), draft.now)) - outcome.wallSeconds();
        if (trial.promoted()) {
            draft.costs = draft.costs.plusPromotion(outcome.wallSeconds(), waited);
        } else if (outcome.stopped() && !outcome.paused()) {
            draft.costs = draft.costs.plusStopped(outcome.wallSeconds(), waited);
        } else {
            double units = EpochRungs.share(trial, outcome)
                    * draft.model.units(trial.configuration(), item.folds().size(), item.rowLimit());
            draft.costs = draft.costs.plusFirstLook(trial.configuration().family(), units, outcome, waited);
        }
    }

    private static void failed(Draft draft, WorkItem item, Failure failure) {
        draft.failures++;
        if (draft.firstFailure.isEmpty() && failure.kind() != FailureKind.TIMEOUT) {
            draft.firstFailure = Optional.of(failure);
        }
        if (item.rung() == 0) {
            // That the time was over tells nothing of the cure.
            if (failure.kind() != FailureKind.TIMEOUT) {
                assess(draft, draft.trial(item), Optional.empty());
            }
            draft.trials.remove(item.number());
        }
    }

    /**
     * Holds the effect of a cure against what was expected of it, and remembers.
     *
     * @param outcome what the first look reached; empty where it failed
     */
    private static void assess(Draft draft, Trial trial, Optional<Outcome> outcome) {
        trial.intervention().ifPresent(intervention -> {
            Optional<Double> gain = outcome.map(o ->
                    intervention.gain(draft.dataset.metric().shortfall(o.score().value())));
            String cure = intervention.cause().cure();
            draft.cureRecords.merge(cure, CureRecord.NONE.plus(gain.orElse(0.0)), Results::sum);
            draft.emit(
                    trial.name(),
                    new InterventionAssessed(
                            trial.name(),
                            intervention.cause(),
                            DataKind.of(draft.dataset),
                            gain,
                            gain.filter(g -> g > 0).isPresent(),
                            outcome.map(Outcome::verdict),
                            outcome.map(Outcome::cpuSeconds)));
        });
    }

    private static CureRecord sum(CureRecord a, CureRecord b) {
        return new CureRecord(a.tried() + b.tried(), a.helped() + b.helped(), a.gain() + b.gain());
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
