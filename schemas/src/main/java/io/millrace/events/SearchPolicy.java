package io.millrace.events;

import java.time.Duration;
import java.util.Map;

/**
 * What a run's decisions rest on besides its events; fixed when it begins.
 *
 * @param window trials under way at most in a run with a budget
 * @param defaultBudget budget of runs that bring neither a budget nor a number of trials
 * @param cures whether diagnosed trials are cured
 * @param records what earlier runs on this kind of data tell of the cures, by name; empty in a run that counts trials
 */
public record SearchPolicy(int window, Duration defaultBudget, boolean cures, Map<String, CureRecord> records) {
    public SearchPolicy {
        records = Map.copyOf(records);
    }
}
