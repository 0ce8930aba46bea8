package io.millrace.events;

import io.millrace.configuration.Configuration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param target header of the target column; guessed when absent
 * @param task guessed from the target when absent
 * @param metric metric to optimise; the task's default when absent
 * @param budget wall-clock time from submission to the published model; absent when {@code trials} bounds the run
 * @param trials number of trials instead of a wall-clock budget: such a run replays digit for digit
 * @param seed seed of everything random
 * @param holdout share of rows that no training sees, 0 to 0.5; chosen by size when absent
 * @param folds validation folds; chosen by size when absent
 * @param timeColumn column by which holdout and folds are cut, oldest rows training first
 * @param families the only model families to try ({@link Configuration#FAMILIES}); all when absent
 */
public record RunSettings(
        Optional<String> target,
        Optional<Task> task,
        Optional<Metric> metric,
        Optional<Duration> budget,
        Optional<Integer> trials,
        long seed,
        Optional<Double> holdout,
        Optional<Integer> folds,
        Optional<String> timeColumn,
        Optional<List<String>> families) {

    public RunSettings {
        families = families.map(List::copyOf);
        if (!families.map(Configuration.FAMILIES::containsAll).orElse(true)) {
            throw new IllegalArgumentException(
                    "the families are " + families.get() + "; there are " + Configuration.FAMILIES);
        }
    }

    /** Whether the user lets the search try a family. */
    public boolean allows(Configuration configuration) {
        return families.map(allowed -> allowed.contains(configuration.family())).orElse(true);
    }

    /** Everything chosen by Millrace, with a budget. */
    public static RunSettings ofBudget(Duration budget) {
        return new RunSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(budget),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
