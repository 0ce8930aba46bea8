package io.millrace.events;

/** What a search does once it has seen the portfolio's configurations, which are the same for all. */
public enum SearchStrategy {
    /** Cures what was diagnosed, and proposes by what was measured. */
    DIAGNOSIS,
    /** Plain successive halving: varies the leaders at random and promotes the best. */
    HALVING,
    /** Plain random search: samples without a look at results, every configuration on all its folds. */
    RANDOM
}
