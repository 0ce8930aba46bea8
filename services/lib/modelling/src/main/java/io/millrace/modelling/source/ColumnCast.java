package io.millrace.modelling.source;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one place that turns text cells into typed values, so that training and prediction read alike: SQL over a column
 * of a {@link RawTable}. Numbers, booleans (0 or 1) and dates (seconds since 1970 UTC) become DOUBLE, the rest VARCHAR;
 * what does not fit becomes NULL.
 */
public final class ColumnCast {
    private final List<String> markers;

    /** @param markers texts that mean missing, beside the common ones */
    public ColumnCast(List<String> markers) {
        this.markers = Stream.concat(MissingMarkers.COMMON.stream(), markers.stream())
                .filter(m -> !m.isEmpty())
                .distinct()
                .toList();
    }

    /** SQL of the cell, NULL where it is missing. */
    public String present(String cell) {
        return "CASE WHEN " + cell + " IN (" + DuckDb.literals(markers.stream()) + ") THEN NULL ELSE " + cell + " END";
    }

    /** SQL of the typed value. */
    public String sql(String cell, ColumnProfile column) {
        return sql(cell, column.kind(), column.format());
    }

    /**
     * SQL of the typed value.
     *
     * @param format as in {@link ColumnProfile#format()}; for numbers the name of a {@link NumberFormat}, plain when absent
     */
    public String sql(String cell, ColumnKind kind, Optional<String> format) {
        return switch (kind) {
            case NUMERIC ->
                format.map(NumberFormat::named).orElse(NumberFormat.PLAIN).finiteSql(cell);
            case BOOLEAN -> bool(cell, format.orElseThrow());
            case DATETIME -> "epoch(try_strptime(" + cell + ", " + DuckDb.literal(format.orElseThrow()) + "))";
            case CATEGORICAL, TEXT, IDENTIFIER, CONSTANT -> present(cell);
        };
    }

    private static String bool(String cell, String noYes) {
        int slash = noYes.indexOf('/');
        String no = noYes.substring(0, slash);
        String yes = noYes.substring(slash + 1);
        if (no.equals("0") && yes.equals("1")) {
            // 1.0 is a one, too: other tools write it so
            return "CASE TRY_CAST(" + cell + " AS DOUBLE) WHEN 0 THEN 0.0::DOUBLE WHEN 1 THEN 1.0::DOUBLE END";
        }
        return "CASE lower(" + cell + ") WHEN lower(" + DuckDb.literal(no) + ") THEN 0.0::DOUBLE WHEN lower("
                + DuckDb.literal(yes) + ") THEN 1.0::DOUBLE END";
    }
}
