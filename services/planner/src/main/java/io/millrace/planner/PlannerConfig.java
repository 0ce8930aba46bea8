package io.millrace.planner;

import io.millrace.events.Rungs;
import io.millrace.events.SearchStrategy;
import io.millrace.events.Stopping;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Environment;
import java.time.Duration;
import java.util.Locale;

/**
 * How the planner is configured.
 *
 * @param database where its memory is
 * @param window trials under way at most per run
 * @param defaultBudget budget of runs that bring neither a budget nor a number of trials
 * @param search how searches go on after the portfolio
 * @param stopping whether trials may end before their training is done
 * @param rungs what the rungs of successive halving add
 */
public record PlannerConfig(
        DatabaseConfig database,
        int window,
        Duration defaultBudget,
        SearchStrategy search,
        Stopping stopping,
        Rungs rungs) {
    private static final int DEFAULT_WINDOW = 4;
    private static final Duration DEFAULT_BUDGET = Duration.ofMinutes(5);

    /** Reads {@code MILLRACE_DATABASE_*} and {@code MILLRACE_PLANNER_*}. */
    public static PlannerConfig from(Environment env) {
        return new PlannerConfig(
                DatabaseConfig.from(env),
                env.count("MILLRACE_PLANNER_WINDOW", DEFAULT_WINDOW, 1, 1000),
                env.duration("MILLRACE_PLANNER_BUDGET", DEFAULT_BUDGET),
                env.parsed(
                        "MILLRACE_PLANNER_SEARCH",
                        SearchStrategy.DIAGNOSIS,
                        "diagnosis, halving or random",
                        text -> SearchStrategy.valueOf(text.toUpperCase(Locale.ROOT))),
                env.parsed(
                        "MILLRACE_PLANNER_STOPPING",
                        Stopping.NONE,
                        "none or median",
                        text -> Stopping.valueOf(text.toUpperCase(Locale.ROOT))),
                env.parsed(
                        "MILLRACE_PLANNER_RUNGS",
                        Rungs.FOLDS,
                        "folds or epochs",
                        text -> Rungs.valueOf(text.toUpperCase(Locale.ROOT))));
    }
}
