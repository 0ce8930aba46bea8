package io.millrace.e2e;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.RunSettings;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Runs whose data set is the schema's example, so that a planner has something to search for. */
public final class ProfiledRuns {
    private ProfiledRuns() {}

    /** @param settings budget or number of trials, and the seed */
    public static DatasetProfiled dataset(RunSettings settings) {
        return dataset(settings, example().trainingRows());
    }

    /** The same of so many rows. */
    static DatasetProfiled dataset(RunSettings settings, long trainingRows) {
        DatasetProfiled from = example();
        return new DatasetProfiled(
                from.name(),
                from.table(),
                from.profile(),
                from.task(),
                from.metric(),
                trainingRows,
                from.holdoutRows(),
                from.numericFeatures(),
                from.categoricalFeatures(),
                from.textFeatures(),
                from.outputs(),
                from.folds(),
                settings,
                Instant.now(),
                from.textTerms());
    }

    /** The event that begins a run. */
    public static Envelope<DatasetProfiled> begin(int run, RunSettings settings) {
        return begin(run, dataset(settings));
    }

    /** The same for a data set that other runs may have, too. */
    static Envelope<DatasetProfiled> begin(int run, DatasetProfiled dataset) {
        return new Envelope<>(
                "profiled-" + run,
                dataset.name(),
                "run-" + run,
                Optional.empty(),
                Optional.empty(),
                "/millrace/bench",
                Instant.now(),
                dataset);
    }

    /** Bounded by a number of trials, which no clock bounds. */
    public static RunSettings ofTrials(int trials, long seed) {
        return new RunSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(trials),
                seed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static DatasetProfiled example() {
        try (InputStream example = ProfiledRuns.class.getResourceAsStream("/examples/dataset.profiled.v1.json")) {
            return Json.read(example.readAllBytes(), DatasetProfiled.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
