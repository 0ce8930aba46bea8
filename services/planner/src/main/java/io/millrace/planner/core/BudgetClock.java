package io.millrace.planner.core;

import io.millrace.events.DatasetProfiled;
import java.time.Duration;
import java.time.Instant;

/**
 * The run's time table when a wall-clock budget bounds it.
 *
 * @param startedAt when the search began
 * @param deadline when trainers stop with what they have
 * @param publishBy when the model should be published
 * @param hardEnd when a run without any usable trial fails
 * @param grace how long after the deadline results of trials that were cut are still waited for
 * @param rescues trials started after the deadline because nothing usable was there; the deadline was moved for them
 */
public record BudgetClock(
        Instant startedAt, Instant deadline, Instant publishBy, Instant hardEnd, Duration grace, int rescues) {
    private static final double RESERVE_SHARE = 0.04;
    private static final double LARGE_RESERVE_SHARE = 0.17;
    private static final double LEAST_RESERVE = 1.5;
    private static final double MOST_RESERVE = 20;
    /** Values that selection, holdout scoring and packing work off per second. */
    private static final double VALUES_PER_SECOND = 4e6;
    /** A profile that took (nearly) the whole budget still leaves this share of it for trials. */
    private static final double LEAST_SEARCH_SHARE = 0.15;

    private static final double MOST_GRACE = 0.7;
    private static final double GRACE_SHARE = 0.02;

    static BudgetClock of(DatasetProfiled dataset, Duration budget, Instant now) {
        double seconds = seconds(budget);
        Instant publishBy = dataset.submittedAt().plus(budget);
        Instant deadline = publishBy.minus(duration(reserve(dataset, seconds)));
        Instant least = now.plus(duration(seconds * LEAST_SEARCH_SHARE));
        return new BudgetClock(
                now,
                deadline.isAfter(least) ? deadline : least,
                publishBy,
                publishBy.plus(budget.dividedBy(2)),
                duration(Math.min(MOST_GRACE, seconds * GRACE_SHARE)),
                0);
    }

    /** Seconds that ensembling, scoring the holdout and publishing need; more where there are many values. */
    static double reserve(DatasetProfiled dataset, double budget) {
        double usual = Math.min(Math.max(budget * RESERVE_SHARE, LEAST_RESERVE), MOST_RESERVE);
        double rows = dataset.trainingRows() + (double) dataset.holdoutRows();
        double columns = dataset.numericFeatures() + dataset.categoricalFeatures() + dataset.outputs();
        return usual + Math.min(budget * LARGE_RESERVE_SHARE, rows * columns / VALUES_PER_SECOND);
    }

    /**
     * The same time table, unless the clock was set back to before the search began: then it begins anew, so that the run gets its
     * search once more and does not last as long as the clock was set back.
     */
    BudgetClock at(Instant now) {
        if (!now.isBefore(startedAt)) {
            return this;
        }
        Duration back = Duration.between(now, startedAt);
        return new BudgetClock(now, deadline.minus(back), publishBy.minus(back), hardEnd.minus(back), grace, rescues);
    }

    /** With one more rescue; the first one moves the deadline to its second and last place, just before the hard end. */
    BudgetClock rescue() {
        Duration rest = Duration.between(deadline, hardEnd);
        Instant last =
                extended() ? deadline : deadline.plus(rest.multipliedBy(9).dividedBy(10));
        return new BudgetClock(startedAt, last, hardEnd, hardEnd, grace, rescues + 1);
    }

    boolean extended() {
        return rescues > 0;
    }

    Instant end() {
        return deadline.plus(grace);
    }

    boolean over(Instant now) {
        return !now.isBefore(deadline);
    }

    /** Seconds until the deadline; negative after it. */
    double left(Instant now) {
        return seconds(Duration.between(now, deadline));
    }

    /** Share of the search's time that is gone, 0 to 1. */
    double elapsed(Instant now) {
        double whole = Math.max(1e-3, seconds(Duration.between(startedAt, deadline)));
        return Math.min(1, seconds(Duration.between(startedAt, now)) / whole);
    }

    /** How long a range test may take before the customary rate is used in its place. */
    Duration rangeTestPatience() {
        double search = seconds(Duration.between(startedAt, deadline));
        return duration(Math.max(3, 0.2 * search));
    }

    static double seconds(Duration d) {
        return d.toNanos() / 1e9;
    }

    static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
