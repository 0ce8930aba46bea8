package io.millrace.modelling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewRowsTest {
    private static final DatasetProfile PROFILE = new DatasetProfile(
            "shop",
            3,
            "bought",
            Task.BINARY,
            List.of("no", "yes"),
            List.of(2L, 1L),
            List.of(
                    column("age", ColumnKind.NUMERIC, null),
                    column("colour", ColumnKind.CATEGORICAL, null, "red", "it's blue"),
                    column("member", ColumnKind.BOOLEAN, "no/yes"),
                    column("since", ColumnKind.DATETIME, "%d.%m.%Y"),
                    column("number", ColumnKind.IDENTIFIER, null),
                    column("remark", ColumnKind.TEXT, null)),
            List.of("-"),
            5,
            0,
            Optional.empty(),
            0,
            new SourceFormat("csv", ",", "UTF-8"),
            List.of());

    @TempDir
    Path folder;

    private static ColumnProfile column(String name, ColumnKind kind, String format, String... levels) {
        return new ColumnProfile(
                name, kind, 0, 0, Optional.empty(), List.of(levels), Optional.ofNullable(format), Optional.empty());
    }

    private Table read(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("new.csv"), content);
        return NewRows.read(file, PROFILE, new SourceSettings(1, 256, 1 << 20, folder));
    }

    @Test
    void everyRowIsReadInOrderWhateverItsCells() throws IOException {
        Table table = read(
                """
                remark,extra,colour,age,Member,since
                hello there,1,red,41,YES,31.12.1999
                ,2,green,?,maybe,31/12/1999
                ?,3,-,old,no,
                x,4,it's blue,1e2,no,01.01.1970
                """);

        assertThat(table.rows()).isEqualTo(4);
        assertThat(table.numbers(0)).containsExactly(41, Double.NaN, Double.NaN, 100);
        assertThat(table.codes(1)).containsExactly(0, Table.UNKNOWN, Table.MISSING, 1);
        assertThat(table.numbers(2)).containsExactly(1, Double.NaN, 0, 0);
        assertThat(table.numbers(3)).containsExactly(946598400.0, Double.NaN, Double.NaN, 0);
        assertThat(table.texts(4)).containsExactly("hello there", null, null, "x");
        assertThat(table.target()).isEmpty();
        assertThat(table.folds()).isEmpty();
    }

    @Test
    void theTargetIsReadWhereItIsThere() throws IOException {
        Table table = read("age,colour,member,since,remark,bought\n1,,,,,yes\n2,,,,,\n3,,,,,no\n4,,,,,perhaps\n");

        assertThat(table.target()).containsExactly(1, Double.NaN, 0, Double.NaN);
    }

    @Test
    void aMissingFeatureIsNamedTogetherWithTheHeader() {
        assertThatThrownBy(() -> read("age,colour,since,extra\n1,red,,2\n"))
                .isInstanceOfSatisfying(MissingColumnsException.class, e -> {
                    assertThat(e.missing()).containsExactly("member", "remark");
                    assertThat(e).hasMessageContaining("age, colour, since, extra");
                });
    }

    @Test
    void theTypedTableIsReadAsItWasWritten() throws IOException {
        Path parquet = folder.resolve("typed.parquet");
        try (DuckDb db = DuckDb.open(SourceSettings.defaults(), folder)) {
            db.execute(
                    "COPY (SELECT * FROM (VALUES (1.0::DOUBLE, 'red', 1.0::DOUBLE, NULL::DOUBLE, 'a b', 0.0::DOUBLE, -1, 0),"
                            + " (NULL, 'it''s blue', 0.0, 5.0, NULL, 1.0, 0, 1), (3.5, NULL, NULL, 6.0, 'c', 0.0, 4, 2))"
                            + " v(age, colour, member, since, remark, " + DatasetProfile.TARGET + ", "
                            + DatasetProfile.FOLD
                            + ", " + DatasetProfile.ROW + ")) TO " + DuckDb.literal(parquet.toString())
                            + " (FORMAT parquet)");
        }
        Table table = TableReader.read(parquet, PROFILE);

        assertThat(table.numbers(0)).containsExactly(1, Double.NaN, 3.5);
        assertThat(table.codes(1)).containsExactly(0, 1, Table.MISSING);
        assertThat(table.texts(4)).containsExactly("a b", null, "c");
        assertThat(table.target()).containsExactly(0, 1, 0);
        assertThat(table.folds()).containsExactly(DatasetProfile.HOLDOUT, 0, 4);
    }
}
