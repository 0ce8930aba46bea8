package io.millrace.allinone;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a user can say about a data set on the command line; the words are those of the side file and the topic. */
final class DatasetOptions {
    @Option(names = "--target", paramLabel = "COLUMN", description = "Column to predict. Guessed when absent.")
    String target;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "Wall-clock time for the whole run, such as 30s, 5m or 1h (default: 60s).")
    String budget;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Train N trials instead of keeping to a time; such a run repeats digit for digit.")
    String trials;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "What to optimise: log_loss, accuracy, balanced_accuracy, auc, f1; rmse, mae, r2"
                    + " (default: log_loss or rmse).")
    String metric;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "binary, multiclass or regression. Guessed from the target when absent.")
    String task;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (default: 0).")
    String seed;

    @Option(
            names = "--holdout",
            paramLabel = "SHARE",
            description = "Share of rows that no training sees, 0 to 0.5. Chosen by size when absent.")
    String holdout;

    @Option(names = "--folds", paramLabel = "N", description = "Validation folds. Chosen by size when absent.")
    String folds;

    @Option(
            names = "--time-column",
            paramLabel = "COLUMN",
            description = "Column to cut holdout and folds by, so that the past predicts the future.")
    String timeColumn;

    @Option(
            names = "--families",
            paramLabel = "NAMES",
            description =
                    "Try these model families only, separated by commas: boosting, forest, linear, mlp, resnet, tabm,"
                            + " realmlp, realmlp-s, boosted, neighbours, gaussian.")
    String families;

    /** As key and text, ready for the parser that every way in shares. */
    Map<String, String> asText() {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "target", target);
        put(settings, "trials", trials);
        put(settings, "budget", budget == null && trials == null ? "60s" : budget);
        put(settings, "metric", metric);
        put(settings, "task", task);
        put(settings, "seed", seed);
        put(settings, "holdout", holdout);
        put(settings, "folds", folds);
        put(settings, "timeColumn", timeColumn);
        put(settings, "families", families);
        return settings;
    }

    private static void put(Map<String, String> settings, String key, String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
