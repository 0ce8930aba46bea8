package io.millrace.planner.core;

import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the search goes from here: more trials, the ensemble, or a failure that says what to do. */
final class Course {
    /** A run whose trials all fail has one cause for all; so many show it. */
    private static final int HOPELESS = 8;

    private static final int MOST_RESCUES = 3;
    private static final int RESCUE_ROWS = 20_000;
    private static final String SUBJECT = "search";

    private Course() {}

    static void advance(Draft draft) {
        if (draft.phase != Phase.SEARCHING) {
            return;
        }
        if (!draft.usable() && draft.firstFailure.isPresent() && draft.failures >= HOPELESS) {
            failForFailures(draft);
        } else if (draft.clock.isEmpty()) {
            countTrials(draft);
        } else {
            BudgetClock clock = draft.clock.get();
            if (draft.usable()) {
                withResults(draft, clock);
            } else {
                withoutResults(draft, clock);
            }
        }
    }

    /** Hands out work as long as there is a free place and something worth it. */
    static void fill(Draft draft) {
        boolean issued = true;
        while (issued && draft.phase == Phase.SEARCHING && draft.outstanding.size() < draft.window) {
            issued = NextItem.issue(draft);
        }
    }

    private static void countTrials(Draft draft) {
        fill(draft);
        if (draft.outstanding.isEmpty()) {
            if (draft.usable()) {
                complete(draft, "All " + draft.started + " trials that were asked for have ended.");
            } else {
                failForFailures(draft);
            }
        }
    }

    private static void withResults(Draft draft, BudgetClock clock) {
        if (clock.extended()) {
            complete(draft, "The time was over before there was a result; the first one ended the search.");
            return;
        }
        if (clock.over(draft.now)) {
            if (draft.outstanding.isEmpty() || !draft.now.isBefore(clock.end())) {
                long seconds = Math.round(BudgetClock.seconds(Duration.between(clock.startedAt(), draft.now)));
                complete(
                        draft,
                        "The time for the search was over after " + seconds + " s and " + draft.ended + " trials.");
            }
            return;
        }
        fill(draft);
        boolean testing = draft.ranges.values().stream().anyMatch(r -> r.range().isEmpty());
        if (draft.outstanding.isEmpty() && !testing) {
            complete(draft, "No further trial would have ended in time, after " + draft.ended + " trials.");
        }
    }

    private static void withoutResults(Draft draft, BudgetClock clock) {
        boolean waited = !draft.now.isBefore(clock.end()) || draft.outstanding.isEmpty();
        if (!draft.now.isBefore(clock.hardEnd())) {
            failForTime(draft);
        } else if (!clock.extended() && !clock.over(draft.now)) {
            fill(draft);
        } else if (waited && clock.rescues() < MOST_RESCUES && (!clock.extended() || draft.outstanding.isEmpty())) {
            draft.clock = Optional.of(clock.rescue());
            Issue.firstLook(draft, Portfolio.rescue(), List.of(0), Optional.of(RESCUE_ROWS));
        } else if (draft.outstanding.isEmpty()) {
            failForTime(draft);
        }
    }

    private static void complete(Draft draft, String reason) {
        draft.phase = Phase.COMPLETED;
        List<SearchCompleted.Candidate> candidates = Standings.candidates(draft.trials.values());
        draft.emit(
                SUBJECT,
                new SearchCompleted(
                        draft.dataset.name(),
                        draft.dataset.table(),
                        draft.dataset.profile(),
                        draft.dataset.metric(),
                        candidates,
                        Standings.fitting(Standings.leaderboard(draft.trials.values()), candidates),
                        draft.ended,
                        reason,
                        draft.dataset.settings().seed(),
                        draft.dataset.submittedAt(),
                        draft.clock.map(BudgetClock::publishBy)));
    }

    private static void failForFailures(Draft draft) {
        Failure failure = draft.firstFailure.orElse(new Failure(FailureKind.TIMEOUT, "the time was over"));
        fail(
                draft,
                failure.kind(),
                "All " + draft.failures + " trials failed, the first with: " + failure.message()
                        + " Look into the trainer's log; where memory was short, give it more or submit fewer rows.");
    }

    private static void failForTime(Draft draft) {
        String cause = draft.firstFailure
                .map(f -> " One trial failed with: " + f.message())
                .orElse("");
        fail(
                draft,
                FailureKind.TIMEOUT,
                "No trial ended within the budget and half as much again." + cause
                        + " Submit again with a larger budget, for instance four times as large, or with fewer rows;"
                        + " check that a trainer is running.");
    }

    private static void fail(Draft draft, FailureKind kind, String message) {
        draft.phase = Phase.FAILED;
        draft.emit(SUBJECT, new RunFailed(draft.dataset.name(), "planner", kind, message));
    }
}
