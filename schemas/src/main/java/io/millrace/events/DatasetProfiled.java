package io.millrace.events;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import java.time.Instant;
import java.util.Optional;

/**
 * The data set is understood and stored as a typed table.
 *
 * @param name name of the data set
 * @param table typed table (Parquet; layout in {@link io.millrace.dataset.DatasetProfile})
 * @param profile {@link io.millrace.dataset.DatasetProfile} as JSON
 * @param task what is predicted
 * @param metric what is optimised
 * @param trainingRows rows outside the holdout
 * @param holdoutRows rows of the holdout
 * @param numericFeatures features stored as numbers
 * @param categoricalFeatures features stored as names
 * @param textFeatures features stored as texts
 * @param outputs classes, or 1 for regression
 * @param folds validation folds
 * @param settings what the user asked for
 * @param submittedAt when the budget's clock started
 * @param textTerms columns that networks make of the texts, together and about; absent in events of earlier releases
 */
public record DatasetProfiled(
        String name,
        BlobRef table,
        BlobRef profile,
        Task task,
        Metric metric,
        long trainingRows,
        long holdoutRows,
        int numericFeatures,
        int categoricalFeatures,
        int textFeatures,
        int outputs,
        int folds,
        RunSettings settings,
        Instant submittedAt,
        Optional<Integer> textTerms)
        implements Event {
    /** The same data set under other settings. */
    public DatasetProfiled with(RunSettings others) {
        return new DatasetProfiled(
                name,
                table,
                profile,
                task,
                metric,
                trainingRows,
                holdoutRows,
                numericFeatures,
                categoricalFeatures,
                textFeatures,
                outputs,
                folds,
                others,
                submittedAt,
                textTerms);
    }
}
