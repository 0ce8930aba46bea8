package io.millrace.allinone.progress;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.events.BlobRef;
import io.millrace.events.Diagnosis;
import io.millrace.events.Score;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trials for tests of what people see. */
final class Trials {
    private static final BlobRef BLOB = new BlobRef("blob:x", "0".repeat(64), 1);
    private static final TreesConfiguration BOOSTING =
            new TreesConfiguration("boosting", 100, 0.1, 6, 0, 1, 1, 1, 1, 0, 256, 20);

    private Trials() {}

    static TrialRequested requested(String trial) {
        return new TrialRequested(
                trial,
                1,
                0,
                BOOSTING,
                Optional.empty(),
                List.of(0),
                Optional.empty(),
                Optional.empty(),
                Metric.LOG_LOSS,
                BLOB,
                BLOB,
                0,
                Optional.empty(),
                "first of the portfolio",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TrialEvaluated evaluated(String trial, Metric metric, double score) {
        return new TrialEvaluated(
                trial,
                1,
                0,
                BOOSTING,
                Optional.empty(),
                new TrialArtifacts(BLOB, BLOB, BLOB, List.of(0), Optional.empty()),
                true,
                metric,
                new Score(score, score - 0.1, score + 0.1),
                Map.of(metric, score),
                new Diagnosis(Verdict.HEALTHY, 0.5, Map.of(), "nothing found"),
                1.5,
                1.5,
                Optional.of("patience"),
                Optional.empty());
    }
}
