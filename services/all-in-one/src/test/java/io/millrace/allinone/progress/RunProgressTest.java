package io.millrace.allinone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.Metric;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.events.TrialFailed;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private final RunProgress progress = new RunProgress();

    @Test
    void aTrialThatIsScoredBeforeItsRequestArrivesCountsOnce() {
        progress.on(Trials.evaluated("t001", Metric.LOG_LOSS, 0.4));
        progress.on(Trials.requested("t001"));

        assertThat(progress.trialsEnded()).isEqualTo(1);
        assertThat(progress.trialsRunning()).isZero();
    }

    @Test
    void theBestScoreIsTheLowestLossAndTheHighestAccuracy() {
        progress.on(Trials.evaluated("t001", Metric.LOG_LOSS, 0.4));
        progress.on(Trials.evaluated("t002", Metric.LOG_LOSS, 0.3));
        progress.on(Trials.evaluated("t003", Metric.LOG_LOSS, 0.5));
        assertThat(progress.bestScore()).isEqualTo("log_loss 0.3000 (t002 boosting)");

        RunProgress accuracy = new RunProgress();
        accuracy.on(Trials.evaluated("t001", Metric.ACCURACY, 0.7));
        accuracy.on(Trials.evaluated("t002", Metric.ACCURACY, 0.9));
        assertThat(accuracy.bestScore()).isEqualTo("accuracy 0.9000 (t002 boosting)");
    }

    @Test
    void aFailedTrialIsNoLongerUnderWay() {
        progress.on(Trials.requested("t001"));
        progress.on(new TrialFailed("t001", 1, 0, FailureKind.BUG, "it broke"));

        assertThat(progress.trialsRunning()).isZero();
        assertThat(progress.failedTrials()).isEqualTo(1);
        assertThat(progress.bestScore()).isEqualTo("no score yet");
    }

    @Test
    void aFailedRunIsAnOutcome() {
        RunFailed failed = new RunFailed("iris", "planner", FailureKind.TIMEOUT, "give it more time");
        progress.on(failed);
        assertThat(progress.outcome()).contains(failed);
    }
}
