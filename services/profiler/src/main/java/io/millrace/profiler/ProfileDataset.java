package io.millrace.profiler;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.DatasetProfile;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.source.UnreadableSourceException;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.profiler.core.RejectedDatasetException;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.Work;
import io.millrace.runtime.blob.ContentNamed;
import io.millrace.runtime.codec.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Profiles the data set of one {@code dataset.submitted}: {@code dataset.profiled}, or {@code dataset.rejected} with the reason. */
final class ProfileDataset implements EventHandler<DatasetSubmitted> {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileDataset.class);

    private final BlobStore blobs;
    private final SourceSettings settings;

    ProfileDataset(BlobStore blobs, SourceSettings settings) {
        this.blobs = blobs;
        this.settings = settings;
    }

    @Override
    public List<Emission> handle(Envelope<DatasetSubmitted> input, Work work) {
        DatasetSubmitted submitted = input.event();
        Event outcome;
        try {
            outcome = profiled(input.runId(), submitted);
        } catch (RejectedDatasetException e) {
            outcome = new DatasetRejected(submitted.name(), e.problem(), e.getMessage(), e.remedy());
        } catch (UnreadableSourceException e) {
            outcome = new DatasetRejected(submitted.name(), e.problem(), e.getMessage(), e.remedy());
        }
        if (outcome instanceof DatasetRejected rejected) {
            LOG.info("run {}: rejected {}: {}", input.runId(), submitted.fileName(), rejected.message());
        }
        return List.of(new Emission(input.subject(), outcome));
    }

    /** What is told when profiling failed for good, so that the run ends. */
    static List<Emission> givenUp(Envelope<DatasetSubmitted> input, Exception failure) {
        return List.of(new Emission(
                input.subject(),
                new RunFailed(
                        input.event().name(),
                        "profiler",
                        FailureKind.BUG,
                        "the profiler could not read " + input.event().fileName() + ": " + failure.getMessage()
                                + ". Please report this with the profiler's log.")));
    }

    private DatasetProfiled profiled(String runId, DatasetSubmitted submitted) {
        try (WorkFolder folder = WorkFolder.below(settings.scratch());
                DuckDb db = DuckDb.open(settings, folder.path())) {
            Path file = folder.path().resolve("source");
            blobs.download(submitted.data(), file);
            ProfiledTable table = new DatasetProfiler(db, settings, folder.path())
                    .profile(submitted.name(), file, submitted.settings());
            DatasetProfile profile = table.profile();
            ContentNamed named = new ContentNamed(blobs);
            BlobRef tableRef = named.put("runs/" + runId + "/table-", table.parquet(), ".parquet");
            BlobRef profileRef = named.put("runs/" + runId + "/profile-", Json.write(profile), ".json");
            LOG.info(
                    "run {}: profiled {}: {} rows, {} features, {}",
                    runId,
                    submitted.fileName(),
                    profile.rows(),
                    profile.features().size(),
                    profile.task());
            return new DatasetProfiled(
                    submitted.name(),
                    tableRef,
                    profileRef,
                    profile.task(),
                    table.metric(),
                    profile.rows() - profile.holdoutRows(),
                    profile.holdoutRows(),
                    (int) profile.features().stream()
                            .filter(c -> c.kind().isStoredAsNumber())
                            .count(),
                    features(profile, ColumnKind.CATEGORICAL),
                    features(profile, ColumnKind.TEXT),
                    profile.outputs(),
                    profile.folds(),
                    submitted.settings(),
                    submitted.submittedAt(),
                    Optional.of(table.textTerms()));
        }
    }

    private static int features(DatasetProfile profile, ColumnKind kind) {
        return (int) profile.features().stream().filter(c -> c.kind() == kind).count();
    }
}
