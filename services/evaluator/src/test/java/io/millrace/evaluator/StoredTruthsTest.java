package io.millrace.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.tables.TableFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTruthsTest {
    @TempDir
    Path scratch;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();

    @Test
    void oneTableWithTheProfilesOfTwoTasksIsTwoTruths() {
        BlobRef table = table();
        BlobRef classes = profile(Task.BINARY, List.of("0", "1"));
        BlobRef values = profile(Task.REGRESSION, List.of());
        StoredTruths truths = new StoredTruths(new TableFiles(blobs, scratch));

        Truth first = truths.of(table, classes);
        assertThat(first.profile().task()).isEqualTo(Task.BINARY);
        assertThat(truths.of(table, values).profile().task()).isEqualTo(Task.REGRESSION);
        assertThat(truths.of(table, classes)).isSameAs(first);
    }

    private BlobRef table() {
        Path file = scratch.resolve("rows.parquet");
        try (DuckDb db = DuckDb.open(SourceSettings.below(scratch), scratch)) {
            db.execute("COPY (SELECT (i % 2)::DOUBLE AS " + DatasetProfile.TARGET + ", (i % 3)::INTEGER AS "
                    + DatasetProfile.FOLD + " FROM range(6) t(i)) TO " + DuckDb.literal(file.toString())
                    + " (FORMAT parquet)");
        }
        return blobs.put("table.parquet", file);
    }

    private BlobRef profile(Task task, List<String> classes) {
        DatasetProfile profile = new DatasetProfile(
                "toy",
                6,
                "y",
                task,
                classes,
                classes.stream().map(label -> 3L).toList(),
                List.of(),
                List.of(),
                3,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
        return blobs.put("profile-" + task + ".json", Json.write(profile));
    }
}
