package io.millrace.trainer;

import io.millrace.dataset.DatasetProfile;
import io.millrace.events.BlobRef;
import io.millrace.modelling.source.TableReader;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.TableCache;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tables by reference: downloaded and read once per process, then shared by its slots. */
final class TableLoader {
    private final BlobStore blobs;
    private final Path scratch;
    private final TableCache cache = new TableCache();

    TableLoader(BlobStore blobs, Path scratch) {
        this.blobs = blobs;
        this.scratch = scratch;
    }

    Table load(BlobRef table, BlobRef profile) {
        return cache.get(table.sha256() + profile.sha256(), () -> read(table, profile));
    }

    private Table read(BlobRef table, BlobRef profile) {
        DatasetProfile described = Json.read(blobs.read(profile), DatasetProfile.class);
        try {
            Files.createDirectories(scratch);
            Path file = Files.createTempFile(scratch, "table-", ".parquet");
            try {
                blobs.download(table, file);
                return TableReader.read(file, described);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EventHandlingException(
                    Kind.RETRYABLE, "no table can be kept in the scratch folder: " + e.getMessage(), e);
        }
    }
}
