package io.millrace.planner;

import io.millrace.events.Rungs;
import io.millrace.events.SearchStrategy;
import io.millrace.events.Stopping;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Environment;
import io.millrace.runtime.kafka.KafkaConfig;
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
 * @param searchesKept how long the state of a search that ended is kept, and the ids of events that were taken
 */
public record PlannerConfig(
        DatabaseConfig database,
        int window,
        Duration defaultBudget,
        SearchStrategy search,
        Stopping stopping,
        Rungs rungs,
        Duration searchesKept) {
    private static final int DEFAULT_WINDOW = 4;
    private static final Duration DEFAULT_BUDGET = Duration.ofMinutes(5);

    /**
     * Reads {@code MILLRACE_DATABASE_*} and {@code MILLRACE_PLANNER_*}. Unless it is told otherwise, what is kept is kept twice as long
     * as topics keep an event, so that none comes again that is not known any more.
     */
    public static PlannerConfig from(Environment env) {
        Duration retention = env.duration("MILLRACE_KAFKA_RETENTION", KafkaConfig.DEFAULT_RETENTION);
        Duration searchesKept = env.duration("MILLRACE_PLANNER_SEARCHES_KEPT", retention.multipliedBy(2));
        env.require(
                searchesKept.compareTo(retention) >= 0,
                "MILLRACE_PLANNER_SEARCHES_KEPT is shorter than MILLRACE_KAFKA_RETENTION: events that come again would be taken twice");
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
                        text -> Rungs.valueOf(text.toUpperCase(Locale.ROOT))),
                searchesKept);
    }
}
