package io.millrace.gateway.core;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;

/**
 * What the profiler found, in short.
 *
 * @param task what is predicted
 * @param metric what is optimised
 * @param trainingRows rows outside the holdout
 * @param holdoutRows rows of the holdout
 * @param features columns that models see
 * @param classes classes, or 1 for regression
 * @param folds validation folds
 */
public record DataSummary(
        Task task, Metric metric, long trainingRows, long holdoutRows, int features, int classes, int folds) {
    static DataSummary of(DatasetProfiled e) {
        return new DataSummary(
                e.task(),
                e.metric(),
                e.trainingRows(),
                e.holdoutRows(),
                e.numericFeatures() + e.categoricalFeatures() + e.textFeatures(),
                e.outputs(),
                e.folds());
    }
}
