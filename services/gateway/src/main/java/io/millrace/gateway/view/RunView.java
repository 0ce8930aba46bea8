package io.millrace.gateway.view;

import io.millrace.dataset.Metric;
import io.millrace.events.RunSettings;
import io.millrace.gateway.core.DataSummary;
import io.millrace.gateway.core.RunReason;
import io.millrace.gateway.core.RunState;
import io.millrace.gateway.core.RunStatus;
import io.millrace.gateway.store.MissingEvent;
import io.millrace.gateway.store.TrialCounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run.
 *
 * @param id id of the run
 * @param name name of the data set and the model
 * @param fileName name of the file as dropped
 * @param status whose turn it is
 * @param submittedAt when the budget's clock started, as far as known
 * @param deadline when the model is due; absent for runs that count trials
 * @param endedAt when it ended
 * @param stages when it entered each status
 * @param settings what the user asked for
 * @param data what the profiler found
 * @param progress how far the trials are
 * @param metric what is optimised
 * @param higherIsBetter direction of the metric
 * @param bestScore best trial so far by the metric
 * @param reason why it ended, or why its search did
 * @param incomplete which events are missing in what is shown, and what to do about it; absent when none is
 */
public record RunView(
        String id,
        Optional<String> name,
        Optional<String> fileName,
        String status,
        Optional<Instant> submittedAt,
        Optional<Instant> deadline,
        Optional<Instant> endedAt,
        Map<String, Instant> stages,
        Optional<RunSettings> settings,
        Optional<DataSummary> data,
        Progress progress,
        Optional<Metric> metric,
        Optional<Boolean> higherIsBetter,
        Optional<Double> bestScore,
        Optional<RunReason> reason,
        Optional<String> incomplete) {
    private static final int MOST_NAMED = 5;

    /** The run as its state and its trials tell, without the events that were given up. */
    public static RunView of(RunState run, TrialCounts trials, List<MissingEvent> missing) {
        Map<String, Instant> stages = new LinkedHashMap<>();
        run.reached().forEach((status, at) -> stages.put(status.wireName(), at));
        return new RunView(
                run.id(),
                run.name(),
                run.fileName(),
                run.status().wireName(),
                Optional.ofNullable(run.reached().get(RunStatus.SUBMITTED)).or(run::begun),
                run.deadline(),
                run.ended(),
                stages,
                run.settings(),
                run.data(),
                new Progress(trials.requested(), trials.done(), trials.failed()),
                run.metric(),
                run.metric().map(Metric::higherIsBetter),
                run.metric()
                        .flatMap(m -> Optional.ofNullable(trials.bestError()).map(m::asError)),
                run.reason(),
                incomplete(missing));
    }

    private static Optional<String> incomplete(List<MissingEvent> missing) {
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String named = missing.stream()
                .limit(MOST_NAMED)
                .map(event -> event.type() + " " + event.subject())
                .collect(Collectors.joining(", "));
        return Optional.of(
                "The gateway gave up " + missing.size() + (missing.size() == 1 ? " event" : " events")
                        + " of this run, which are missing here: " + named
                        + (missing.size() > MOST_NAMED ? ", ..." : "")
                        + ". Mend what its log says, then put them back: 'millrace dlq list' names the letters, 'millrace dlq redrive' does it.");
    }
}
