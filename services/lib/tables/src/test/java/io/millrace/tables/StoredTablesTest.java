package io.millrace.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.table.Table;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTablesTest {
    @TempDir
    private Path folder;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private BlobRef table;
    private BlobRef profile;
    private Path scratch;

    @BeforeEach
    void store() throws Exception {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        Path file = folder.resolve("made.parquet");
        try (DuckDb db = DuckDb.open(SourceSettings.below(scratch), folder)) {
            db.execute("COPY (SELECT i::DOUBLE AS x, (2 * i)::DOUBLE AS " + DatasetProfile.TARGET
                    + ", (i % 2)::INTEGER AS "
                    + DatasetProfile.FOLD + ", i AS " + DatasetProfile.ROW + " FROM range(6) t(i)) TO "
                    + DuckDb.literal(file.toString()) + " (FORMAT parquet)");
        }
        table = blobs.put("table.parquet", file);
        profile = blobs.put("profile.json", Json.write(profile()));
    }

    private static DatasetProfile profile() {
        ColumnProfile x = new ColumnProfile(
                "x", ColumnKind.NUMERIC, 0, 6, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        return new DatasetProfile(
                "line",
                6,
                "y",
                Task.REGRESSION,
                List.of(),
                List.of(),
                List.of(x),
                List.of(),
                2,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
    }

    @Test
    void aTableIsFetchedOnceAndLeavesNoFileBehind() {
        StoredTables tables = new StoredTables(blobs, scratch);
        Table first = tables.load(table, profile);
        assertThat(first.target()).containsExactly(0, 2, 4, 6, 8, 10);

        blobs.delete("table.parquet");
        assertThat(tables.load(table, profile)).isSameAs(first);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aScratchFolderThatKeepsNothingIsAReasonToTryAgain() throws Exception {
        StoredTables tables = new StoredTables(blobs, Files.createFile(folder.resolve("no-folder")));

        assertThatThrownBy(() -> tables.load(table, profile))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RETRYABLE));
    }

    @Test
    void aTableThatIsMissingIsNoReasonToTryAgain() {
        blobs.delete("table.parquet");

        assertThatThrownBy(() -> new StoredTables(blobs, scratch).load(table, profile))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.POISON));
    }
}
