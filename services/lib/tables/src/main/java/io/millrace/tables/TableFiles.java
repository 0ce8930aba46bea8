package io.millrace.tables;

import io.millrace.dataset.DatasetProfile;
import io.millrace.events.BlobRef;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.codec.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * Stored tables as files, each for as long as it is read.
 *
 * @param blobs where tables and profiles lie
 * @param scratch folder for the files
 */
public record TableFiles(BlobStore blobs, Path scratch) {
    /**
     * Downloads a table, has it read together with its profile, and removes it.
     *
     * @throws EventHandlingException RETRYABLE when the scratch folder cannot keep the file, on a full disk say; and
     *     whatever the store throws
     */
    public <T> T read(BlobRef table, BlobRef profile, BiFunction<Path, DatasetProfile, T> reader) {
        DatasetProfile described = Json.read(blobs.read(profile), DatasetProfile.class);
        try (WorkFolder folder = WorkFolder.below(scratch)) {
            Path file = folder.path().resolve("table.parquet");
            blobs.download(table, file);
            return reader.apply(file, described);
        } catch (UncheckedIOException e) {
            throw new EventHandlingException(
                    Kind.RETRYABLE, "no table can be kept in the scratch folder: " + e.getMessage(), e);
        }
    }
}
