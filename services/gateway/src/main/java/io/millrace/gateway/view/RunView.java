package io.millrace.gateway.view;

import io.millrace.dataset.Metric;
import io.millrace.events.RunSettings;
import io.millrace.gateway.core.DataSummary;
import io.millrace.gateway.core.RunReason;
import io.millrace.gateway.core.RunState;
import io.millrace.gateway.core.RunStatus;
import io.millrace.gateway.store.TrialCounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
        Optional<RunReason> reason) {

    /** The run as its state and its trials tell. */
    public static RunView of(RunState run, TrialCounts trials) {
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
                run.reason());
    }
}
