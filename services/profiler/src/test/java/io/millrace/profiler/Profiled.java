package io.millrace.profiler;

import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.RunSettings;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.source.TableReader;
import io.millrace.modelling.table.Table;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Work;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sends files through the handler and reads back what it stored. */
public final class Profiled {
    public static final RunSettings DEFAULTS = RunSettings.ofBudget(Duration.ofSeconds(60));

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final Path scratch;

    public Profiled(Path scratch) {
        this.scratch = scratch;
    }

    public static RunSettings target(String target) {
        return new RunSettings(
                Optional.of(target),
                DEFAULTS.task(),
                DEFAULTS.metric(),
                DEFAULTS.budget(),
                DEFAULTS.trials(),
                0,
                DEFAULTS.holdout(),
                DEFAULTS.folds(),
                DEFAULTS.timeColumn(),
                Optional.empty());
    }

    public Event handle(byte[] content, RunSettings settings) throws IOException {
        BlobRef data = blobs.put("inbox/data", content);
        DatasetSubmitted submitted = new DatasetSubmitted("data", "data.csv", data, settings, Instant.EPOCH);
        Envelope<DatasetSubmitted> envelope = new Envelope<>(
                "id", "subject", "run-1", Optional.empty(), Optional.empty(), "/test", Instant.EPOCH, submitted);
        ProfileDataset handler = new ProfileDataset(blobs, new SourceSettings(1, 512, 1 << 30, scratch));
        List<Emission> emissions = handler.handle(envelope, new Work() {
            @Override
            public boolean cancelled() {
                return false;
            }

            @Override
            public int delivery() {
                return 1;
            }
        });
        return emissions.get(0).event();
    }

    DatasetRejected rejected(byte[] content, RunSettings settings) throws IOException {
        return (DatasetRejected) handle(content, settings);
    }

    DatasetRejected rejected(String content, RunSettings settings) throws IOException {
        return rejected(content.getBytes(StandardCharsets.UTF_8), settings);
    }

    DatasetProfiled profiled(String content, RunSettings settings) throws IOException {
        Event event = handle(content.getBytes(StandardCharsets.UTF_8), settings);
        if (event instanceof DatasetRejected rejected) {
            throw new AssertionError("rejected: " + rejected);
        }
        return (DatasetProfiled) event;
    }

    DatasetProfile profile(DatasetProfiled event) {
        return Json.read(blobs.read(event.profile()), DatasetProfile.class);
    }

    Table table(DatasetProfiled event) {
        Path parquet = scratch.resolve("read-back.parquet");
        blobs.download(event.table(), parquet);
        return TableReader.read(parquet, profile(event));
    }

    static ColumnProfile column(DatasetProfile profile, String name) {
        return profile.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
