package io.millrace.e2e.bench;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.RunSettings;
import io.millrace.modelling.table.Table;
import java.time.Instant;
import java.util.Optional;

/** Tables as the profiler would announce them to the planner, whose core asks for sizes, task and metric only. */
final class Announced {
    private Announced() {}

    /** @param trainingRows rows that the planner is told of */
    static DatasetProfiled of(Table table, int trainingRows, RunSettings settings) {
        BlobRef none = new BlobRef("blob:none", "0".repeat(64), 0);
        int categorical = count(table, ColumnKind.CATEGORICAL);
        int texts = count(table, ColumnKind.TEXT);
        return new DatasetProfiled(
                table.profile().name(),
                none,
                none,
                table.profile().task(),
                metric(table),
                trainingRows,
                0,
                table.profile().features().size() - categorical - texts,
                categorical,
                texts,
                table.profile().outputs(),
                table.profile().folds(),
                settings,
                Instant.EPOCH,
                Optional.empty());
    }

    /** Root mean squared error of a regression, log loss of classes. */
    static Metric metric(Table table) {
        return table.profile().task() == Task.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
    }

    private static int count(Table table, ColumnKind kind) {
        return (int) table.profile().features().stream()
                .filter(f -> f.kind() == kind)
                .count();
    }
}
