package io.millrace.events;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a run's decisions rest on besides its events; fixed when it begins.
 *
 * @param window trials under way at most in a run with a budget
 * @param defaultBudget budget of runs that bring neither a budget nor a number of trials
 * @param cures whether diagnosed trials are cured
 * @param records what earlier runs on this kind of data tell of the cures, by name; empty in a run that counts trials
 * @param search how the search goes on after the portfolio; absent in runs of earlier releases, which told by {@code cures}
 * @param stopping whether trials may end before their training is done; absent in runs of earlier releases, which trained every
 *     trial to its end
 * @param rungs what the rungs of successive halving add; absent in runs of earlier releases, which knew folds alone
 */
public record SearchPolicy(
        int window,
        Duration defaultBudget,
        boolean cures,
        Map<String, CureRecord> records,
        Optional<SearchStrategy> search,
        Optional<Stopping> stopping,
        Optional<Rungs> rungs) {
    public SearchPolicy {
        records = Map.copyOf(records);
    }

    /** A policy of this release that stops no trial and knows rungs of folds alone; the strategy tells whether trials are cured. */
    public SearchPolicy(int window, Duration defaultBudget, SearchStrategy strategy, Map<String, CureRecord> records) {
        this(
                window,
                defaultBudget,
                strategy == SearchStrategy.DIAGNOSIS,
                records,
                Optional.of(strategy),
                Optional.of(Stopping.NONE),
                Optional.of(Rungs.FOLDS));
    }

    /** How the search goes on after the portfolio. */
    public SearchStrategy strategy() {
        return search.orElse(cures ? SearchStrategy.DIAGNOSIS : SearchStrategy.HALVING);
    }

    /** The same with other experience. */
    public SearchPolicy with(Map<String, CureRecord> experience) {
        return new SearchPolicy(window, defaultBudget, cures, experience, search, stopping, rungs);
    }

    /** The same, with or without trials that end early. */
    public SearchPolicy with(Stopping other) {
        return new SearchPolicy(window, defaultBudget, cures, records, search, Optional.of(other), rungs);
    }

    /** The same on other rungs. */
    public SearchPolicy with(Rungs other) {
        return new SearchPolicy(window, defaultBudget, cures, records, search, stopping, Optional.of(other));
    }

    /** Whether a trial may be stopped by the median rule. */
    public boolean stopsByMedian() {
        return stopping.filter(Stopping.MEDIAN::equals).isPresent();
    }

    /** Whether a trial may pause on its first fold. */
    public boolean pausesByEpochs() {
        return rungs.filter(Rungs.EPOCHS::equals).isPresent();
    }
}
