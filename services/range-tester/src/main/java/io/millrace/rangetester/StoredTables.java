package io.millrace.rangetester;

import io.millrace.dataset.DatasetProfile;
import io.millrace.events.BlobRef;
import io.millrace.modelling.source.TableReader;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.TableCache;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tables of the object store, through the cache of this process. */
record StoredTables(BlobStore blobs, Path scratch, TableCache cache) {
    Table load(BlobRef table, BlobRef profile) {
        return cache.get(table.sha256(), () -> read(table, profile));
    }

    private Table read(BlobRef table, BlobRef profile) {
        DatasetProfile known = Json.read(blobs.read(profile), DatasetProfile.class);
        try {
            Path folder = Files.createTempDirectory(scratch, "range-test-");
            Path file = folder.resolve("table.parquet");
            try {
                blobs.download(table, file);
                return TableReader.read(file, known);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the table in " + scratch + "; is there room?", e);
        }
    }
}
