package io.millrace.tables;

import io.millrace.events.BlobRef;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.source.TableReader;
import io.millrace.modelling.table.SharedCache;
import io.millrace.modelling.table.Table;
import io.millrace.runtime.BlobStore;
import java.nio.file.Path;

/**
 * Tables in memory by reference: downloaded and read once, then shared. A process needs one of these, whatever the
 * number of its services and slots.
 */
public final class StoredTables {
    /** Trials of two runs can take turns. */
    private static final int KEPT = 2;

    private final TableFiles files;
    private final SharedCache<String, Table> cache = new SharedCache<>(KEPT);

    /**
     * @param blobs where tables and profiles lie
     * @param scratch folder for files that are being read
     */
    public StoredTables(BlobStore blobs, Path scratch) {
        this.files = new TableFiles(blobs, scratch);
    }

    /** The table; throws what {@link TableFiles#read} throws. */
    public Table load(BlobRef table, BlobRef profile) {
        SourceSettings settings = SourceSettings.below(files.scratch());
        return cache.get(
                table.sha256() + profile.sha256(),
                () -> files.read(table, profile, (file, described) -> TableReader.read(file, described, settings)));
    }
}
