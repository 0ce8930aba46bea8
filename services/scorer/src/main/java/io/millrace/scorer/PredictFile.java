package io.millrace.scorer;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.source.NewRows;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.scorer.core.Published;
import java.nio.file.Path;

/** Predicts the rows of a file as {@code millrace predict} does, whichever way they came. */
public final class PredictFile {
    /** How the rows came. */
    public enum Way {
        HTTP,
        EVENT
    }

    /** One thread per request; what a file unpacks to is bounded by what the largest may unpack to. */
    private static final int MEMORY_MEGABYTES = 512;

    private static final int UNPACKED = 4;

    private final OpenModels models;
    private final ScorerMetrics metrics;
    private final SourceSettings settings;
    private final int mostRows;

    PredictFile(OpenModels models, ScorerMetrics metrics, ScorerConfig config, Path scratch) {
        this.models = models;
        this.metrics = metrics;
        this.settings = new SourceSettings(
                1,
                MEMORY_MEGABYTES,
                UNPACKED * Math.max(config.fileLimit(), config.http().bodyLimit()),
                scratch);
        this.mostRows = config.rows();
    }

    /**
     * Predictions and how to read them.
     *
     * @param profile of the data that the model was trained on
     * @param values one row per row of the file
     */
    public record Predicted(DatasetProfile profile, Matrix values) {}

    /** Predicts; throws what {@link NewRows#read} and {@link OpenModels#with} throw. */
    public Predicted predict(Published published, Path rows, Way way) {
        long begun = System.nanoTime();
        Predicted predicted = models.with(published, model -> {
            DatasetProfile profile = model.manifest().profile();
            Table table = NewRows.read(rows, profile, settings, mostRows);
            return new Predicted(profile, model.predict(table));
        });
        metrics.predicted(way, predicted.values().rows(), System.nanoTime() - begun);
        return predicted;
    }

    /** How rows have to look for a model. */
    public DatasetProfile profile(Published published) {
        return models.with(published, model -> model.manifest().profile());
    }
}
