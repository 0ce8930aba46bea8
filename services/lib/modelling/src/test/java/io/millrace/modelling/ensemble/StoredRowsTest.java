package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the columns and rows that scoring needs out of a typed table. */
class StoredRowsTest {
    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private Path parquet;

    @BeforeEach
    void writeNineRowsWithThreeInTheHoldout() {
        parquet = folder.resolve("table.parquet");
        try (DuckDb db = DuckDb.open(SourceSettings.defaults(), folder)) {
            db.execute("COPY (SELECT (i * 1.5)::DOUBLE AS x, i::DOUBLE AS " + DatasetProfile.TARGET + ", i % 3 - 1 AS "
                    + DatasetProfile.FOLD + ", 100 + i AS " + DatasetProfile.ROW + " FROM range(9) t(i)) TO "
                    + DuckDb.literal(parquet.toString()) + " (FORMAT parquet)");
        }
    }

    @Test
    void theTruthIsTargetAndFoldOfEveryRow() {
        Truth truth = Truth.read(parquet, Profiles.regression(), scratch);
        assertThat(truth.target()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(truth.folds()).containsExactly(-1, 0, 1, -1, 0, 1, -1, 0, 1);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aTableOfAnotherProfileIsRefused() {
        DatasetProfile other = Profiles.regression(10);
        assertThatThrownBy(() -> Truth.read(parquet, other, scratch)).hasMessageContaining("do not belong together");
    }

    @Test
    void theHoldoutHasItsFeaturesAndKnowsItsSourceRows() {
        Holdout holdout = Holdout.read(parquet, Profiles.regression(), scratch);
        assertThat(holdout.table().rows()).isEqualTo(3);
        assertThat(holdout.table().numbers(0)).containsExactly(0, 4.5, 9);
        assertThat(holdout.table().target()).containsExactly(0, 3, 6);
        assertThat(holdout.sourceRows()).containsExactly(100L, 103L, 106L);
        assertThat(scratch).isEmptyDirectory();
    }
}
