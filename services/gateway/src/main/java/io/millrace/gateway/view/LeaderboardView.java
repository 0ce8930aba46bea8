package io.millrace.gateway.view;

import io.millrace.dataset.Metric;
import io.millrace.events.ModelPublished;
import io.millrace.events.RankedTrial;
import io.millrace.events.Score;
import io.millrace.gateway.core.LiveLeaderboard;
import io.millrace.gateway.core.TrialState;
import java.util.List;
import java.util.Optional;

/**
 * The ranking of a run: live while it goes on, final once its model is published.
 *
 * @param run id of the run
 * @param complete whether it is the published one
 * @param metric what is optimised; absent before the first score
 * @param higherIsBetter direction of the metric
 * @param score out-of-fold score of the ensemble, once published
 * @param gain how much better it is than its best member, once published
 * @param holdoutScore its score on the holdout, once published and where there is one
 * @param calibrationError expected calibration error of its probabilities, 0 to 1, once published; absent for regression
 * @param rows the trials, best first
 */
public record LeaderboardView(
        String run,
        boolean complete,
        Optional<Metric> metric,
        Optional<Boolean> higherIsBetter,
        Optional<Score> score,
        Optional<Score> gain,
        Optional<Score> holdoutScore,
        Optional<Double> calibrationError,
        List<RankedTrial> rows) {

    /** The published leaderboard. */
    public static LeaderboardView published(ModelPublished model) {
        return new LeaderboardView(
                model.run(),
                true,
                Optional.of(model.metric()),
                Optional.of(model.metric().higherIsBetter()),
                Optional.of(model.score()),
                Optional.of(model.gain()),
                model.holdoutScore(),
                model.calibrationError(),
                model.leaderboard());
    }

    /** The ranking as of now. */
    public static LeaderboardView live(String run, List<TrialState> trials) {
        Optional<Metric> metric =
                trials.stream().flatMap(t -> t.metric().stream()).findFirst();
        return new LeaderboardView(
                run,
                false,
                metric,
                metric.map(Metric::higherIsBetter),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                LiveLeaderboard.of(trials));
    }
}
