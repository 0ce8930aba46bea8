package io.millrace.planner.core;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.events.LearningRateFound;
import io.millrace.events.ModelPublished;
import io.millrace.events.RunFailed;
import io.millrace.events.RunSettings;
import io.millrace.events.SearchPolicy;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a run tries next, as a fold over the run's events: what it rests on besides stands in the state's
 * {@link SearchPolicy}. Every method answers with a new state and the events to publish, and does nothing else;
 * the time is an argument.
 *
 * <p>A run with a wall-clock budget takes results into account as they arrive. A run that counts trials takes them in the
 * order in which they were asked for, and decides each item by the results of those at least {@value #LAG} before it, so
 * that it replays whatever the timing.
 */
public final class Search {
    /** How far a decision lags behind the results it rests on in a run that counts trials. */
    public static final int LAG = 4;

    private Search() {}

    /**
     * Begins the search for a data set. A run that counts trials does not learn from earlier runs, so that the same file
     * and seed give the same run whatever was run before.
     */
    public static Decision begin(DatasetProfiled profiled, SearchPolicy given, Instant now) {
        DatasetProfiled dataset = bounded(profiled, given.defaultBudget());
        SearchPolicy policy = dataset.settings().trials().isEmpty() ? given : given.with(Map.of());
        Regime regime = Regime.of(dataset, policy.strategy());
        Draft draft = new Draft(
                new SearchState(
                        SearchState.LAYOUT,
                        policy,
                        dataset,
                        regime,
                        dataset.settings().budget().map(budget -> BudgetClock.of(dataset, budget, now)),
                        Phase.SEARCHING,
                        0,
                        List.of(),
                        Map.of(),
                        0,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        0,
                        0,
                        0,
                        0,
                        Optional.empty(),
                        false,
                        0,
                        policy.records(),
                        Map.of(),
                        Costs.NONE,
                        Optional.empty()),
                now);
        Course.advance(draft);
        return draft.decide();
    }

    /** Takes an event of the run; one that no longer matters changes nothing. */
    public static Decision on(SearchState state, Event event, Instant now) {
        if (event instanceof DatasetRejected || event instanceof ModelPublished || event instanceof RunFailed) {
            Draft draft = new Draft(state, now);
            draft.phase = draft.phase == Phase.FAILED ? Phase.FAILED : Phase.ENDED;
            return draft.decide();
        }
        if (!state.active()) {
            return new Decision(state, List.of());
        }
        Draft draft = new Draft(state, now);
        if (event instanceof LearningRateFound found) {
            Ranges.found(draft, found.candidate(), found.chosen());
        } else if (event instanceof TrialEvaluated evaluated) {
            Results.evaluated(draft, evaluated);
        } else if (event instanceof TrialFailed failed) {
            if (!Ranges.failed(draft, failed.trial())) {
                Results.failed(draft, failed);
            }
        }
        Course.advance(draft);
        return draft.decide();
    }

    /** Asks the clock; due at {@link SearchState#wakeUp()}, harmless at any other time. */
    public static Decision tick(SearchState state, Instant now) {
        if (!state.active() || state.clock().isEmpty()) {
            return new Decision(state, List.of());
        }
        Draft draft = new Draft(state, now);
        Ranges.giveUpOverdue(draft);
        Course.advance(draft);
        return draft.decide();
    }

    /** The data set with exactly one bound: a number of trials where there is one, a budget otherwise. */
    private static DatasetProfiled bounded(DatasetProfiled d, Duration defaultBudget) {
        RunSettings s = d.settings();
        Optional<Duration> budget = s.trials().isPresent()
                ? Optional.empty()
                : Optional.of(s.budget().orElse(defaultBudget));
        return d.with(new RunSettings(
                s.target(),
                s.task(),
                s.metric(),
                budget,
                s.trials(),
                s.seed(),
                s.holdout(),
                s.folds(),
                s.timeColumn(),
                s.families()));
    }
}
