package io.millrace.profiler;

import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.MissingMarkers;
import io.millrace.modelling.source.NumberFormat;
import io.millrace.modelling.source.RawTable;
import io.millrace.profiler.core.ColumnFacts;
import io.millrace.profiler.core.ColumnJudge;
import io.millrace.profiler.core.DatePatterns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Counts what {@link ColumnFacts} needs: one query per column, over its distinct values and how often each occurs, since
 * those are few and everything follows from them. A second query looks for dates where the first saw something like it.
 */
final class RawFacts {
    private static final int TOP = 8;
    private static final int TRIED_VALUES = 1000;
    /** Enough to tell short values apart, and to show what a long one is. */
    private static final int SHOWN_CHARACTERS = 200;

    private final DuckDb db;
    private final RawTable raw;

    RawFacts(DuckDb db, RawTable raw) {
        this.db = db;
        this.raw = raw;
    }

    /**
     * Facts of a column.
     *
     * @param where SQL condition on the rows that count
     */
    ColumnFacts of(int column, String where) {
        String markers = DuckDb.literals(MissingMarkers.COMMON.stream());
        String number = NumberFormat.PLAIN.finiteSql("v");
        String sql = "WITH c AS MATERIALIZED (SELECT v, n, " + number + " AS x FROM (" + counted(column, where) + ")),"
                + " p AS (SELECT * FROM c WHERE v IS NOT NULL AND v NOT IN (" + markers + "))"
                + " SELECT (SELECT sum(n) FROM c) AS all_rows, sum(n) AS present, count(*) AS distinct_values,"
                + " (SELECT list(v ORDER BY v) FROM c WHERE v IN (" + markers + ")) AS markers,"
                + " sum(n) FILTER (x IS NOT NULL) AS numbers, count(*) FILTER (x IS NULL) AS non_numbers,"
                + " sum(n) FILTER (x = floor(x)) AS integers, min(x) AS minimum, max(x) AS maximum,"
                + " max(length(v)) AS longest, (SELECT list(left(v, " + SHOWN_CHARACTERS + "))"
                + " FROM (SELECT v FROM p ORDER BY n DESC, v LIMIT " + TOP + ")) AS top FROM p";
        ColumnFacts facts = db.single(sql, r -> numbers(raw.header().get(column), r));
        long words = facts.present() - facts.numbers(NumberFormat.PLAIN);
        boolean datedInteger = facts.integers() == facts.present() && DatePatterns.named(facts.name());
        if (facts.present() == 0 || (words == 0 && !datedInteger)) {
            return facts;
        }
        Writing writing = writing(column, where);
        boolean likeDates = writing.maybeDates() > 0.9 * facts.present();
        return facts.with(
                writing.numbers(),
                writing.meanWords(),
                writing.geometries(),
                likeDates ? dates(column, where) : Map.of());
    }

    private static String counted(int column, String where) {
        return "SELECT " + RawTable.column(column) + " AS v, count(*) AS n FROM " + RawTable.NAME + " WHERE " + where
                + " GROUP BY 1";
    }

    /** Values of a column by falling frequency, at most {@code most}, missing ones left out, too long ones cut off. */
    List<String> values(int column, int most) {
        return db.query(
                "SELECT left(v, " + ColumnJudge.LONGEST_NAME + ") FROM (SELECT " + RawTable.column(column)
                        + " AS v, count(*) AS n FROM " + RawTable.NAME + " WHERE " + present(column)
                        + " GROUP BY 1) ORDER BY n DESC, v LIMIT " + most,
                r -> r.getString(1));
    }

    /** SQL condition that a column has a value. */
    static String present(int column) {
        String cell = RawTable.column(column);
        return cell + " IS NOT NULL AND " + cell + " NOT IN (" + DuckDb.literals(MissingMarkers.COMMON.stream()) + ")";
    }

    /** What is asked only of columns that are not plain numbers throughout. */
    private record Writing(Map<NumberFormat, Long> numbers, double meanWords, long geometries, long maybeDates) {}

    private Writing writing(int column, String where) {
        String formats = Arrays.stream(NumberFormat.values())
                .map(f -> "sum(n) FILTER (length(v) < 40 AND " + f.finiteSql("v") + " IS NOT NULL) AS " + f.name())
                .collect(Collectors.joining(", "));
        return db.single(
                "SELECT " + formats + ", sum((1 + len(regexp_extract_all(v, '\\s+'))) * n) / sum(n) AS mean_words,"
                        + " sum(n) FILTER (regexp_matches(v, '^(MULTI)?(POINT|LINESTRING|POLYGON) ?[(]')) AS geometries,"
                        + " sum(n) FILTER (length(v) BETWEEN 6 AND 40 AND regexp_matches(v, '[0-9]')) AS maybe_dates"
                        + " FROM (" + counted(column, where + " AND " + present(column)) + ")",
                r -> {
                    Map<NumberFormat, Long> numbers = new EnumMap<>(NumberFormat.class);
                    for (NumberFormat format : NumberFormat.values()) {
                        numbers.put(format, r.getLong(format.name()));
                    }
                    return new Writing(
                            numbers, r.getDouble("mean_words"), r.getLong("geometries"), r.getLong("maybe_dates"));
                });
    }

    private ColumnFacts numbers(String name, ResultSet r) throws SQLException {
        return new ColumnFacts(
                name,
                r.getLong("all_rows"),
                r.getLong("present"),
                r.getLong("distinct_values"),
                strings(r.getArray("markers")),
                Map.of(NumberFormat.PLAIN, r.getLong("numbers")),
                r.getLong("non_numbers"),
                r.getLong("integers"),
                numberOr(r, "minimum"),
                numberOr(r, "maximum"),
                r.getLong("longest"),
                1,
                0,
                Map.of(),
                strings(r.getArray("top")));
    }

    /** Rows per date pattern. A million values are not tried with patterns that none of a thousand of them has. */
    private Map<String, Long> dates(int column, String where) {
        String values = "(" + counted(column, where) + ") WHERE length(v) <= 40";
        String some = "(SELECT * FROM " + values + " ORDER BY hash(v) LIMIT " + TRIED_VALUES + ")";
        List<String> likely = List.copyOf(dates(DatePatterns.ALL, some).keySet());
        return likely.isEmpty() ? Map.of() : dates(likely, values);
    }

    /** Rows per date pattern that occurs in a source of values and their counts. */
    private Map<String, Long> dates(List<String> patterns, String source) {
        String sums = patterns.stream()
                .map(p -> "sum(n) FILTER (try_strptime(v, " + DuckDb.literal(p) + ") IS NOT NULL)")
                .collect(Collectors.joining(", "));
        return db.single("SELECT " + sums + " FROM " + source, r -> {
            Map<String, Long> found = new LinkedHashMap<>();
            for (int i = 0; i < patterns.size(); i++) {
                long rows = r.getLong(i + 1);
                if (rows > 0) {
                    found.put(patterns.get(i), rows);
                }
            }
            return found;
        });
    }

    private static double numberOr(ResultSet r, String label) throws SQLException {
        double value = r.getDouble(label);
        return r.wasNull() ? Double.NaN : value;
    }

    private static List<String> strings(Array array) throws SQLException {
        return array == null
                ? List.of()
                : Arrays.stream((Object[]) array.getArray())
                        .map(Objects::toString)
                        .toList();
    }
}
