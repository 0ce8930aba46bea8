package io.millrace.profiler;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.modelling.source.ColumnCast;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.RawTable;
import io.millrace.profiler.core.Names;
import io.millrace.profiler.core.RejectedDatasetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Types the cells of a raw table as its columns were judged.
 *
 * @param raw the cells as text
 * @param target what is predicted
 * @param columns the other columns by cell
 */
record Typing(RawTable raw, Target target, Map<String, ColumnProfile> columns) {
    private static final ColumnCast CAST = new ColumnCast(List.of());
    private static final String NAME_A_TIME = "Name a column with dates (2026-01-31, 31.01.2026...) or numbers.";

    /**
     * Makes the typed table of features, target and, where asked for, the time that rows are ordered by.
     *
     * @throws RejectedDatasetException when no rows can be ordered by the time column
     */
    TypedTable in(DuckDb db, Optional<String> timeColumn) {
        List<String> select = new ArrayList<>();
        columns.forEach((cell, column) -> {
            if (column.kind().isFeature()) {
                select.add(CAST.sql(cell, column) + " AS " + cell);
            }
        });
        String targetSql = target.sql(CAST);
        select.add(targetSql + " AS t");
        select.add("rowid AS source_row");
        timeColumn.ifPresent(time -> select.add(timeSql(time) + " AS time_key"));
        TypedTable typed = new TypedTable(
                db, String.join(", ", select), RawTable.NAME + " WHERE " + targetSql + " IS NOT NULL ORDER BY rowid");
        if (timeColumn.isPresent() && Arrays.stream(typed.numbers("time_key")).allMatch(Double::isNaN)) {
            throw noTimes(timeColumn.get());
        }
        return typed;
    }

    private String timeSql(String time) {
        int position = Names.find(raw.header(), time)
                .orElseThrow(() -> new RejectedDatasetException(
                        "no-such-time-column",
                        "there is no column '" + time + "' to cut by time; the nearest are "
                                + String.join(", ", Names.nearest(raw.header(), time)),
                        NAME_A_TIME));
        String cell = RawTable.column(position);
        ColumnProfile column = columns.get(cell);
        if (column != null && column.kind().isStoredAsNumber()) {
            return CAST.sql(cell, column);
        }
        if (column != null && column.kind() == ColumnKind.IDENTIFIER) {
            return CAST.sql(cell, ColumnKind.NUMERIC, Optional.empty());
        }
        throw noTimes(time);
    }

    private static RejectedDatasetException noTimes(String time) {
        return new RejectedDatasetException(
                "no-such-time-column",
                "the column '" + time + "' holds no dates and no numbers, so rows cannot be ordered by it",
                NAME_A_TIME);
    }
}
