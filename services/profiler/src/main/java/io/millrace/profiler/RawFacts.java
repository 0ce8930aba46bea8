package io.millrace.profiler;

import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.MissingMarkers;
import io.millrace.modelling.source.NumberFormat;
import io.millrace.modelling.source.RawTable;
import io.millrace.profiler.core.ColumnFacts;
import io.millrace.profiler.core.DatePatterns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
        String values = "WITH c AS MATERIALIZED (SELECT " + RawTable.column(column) + " AS v, count(*) AS n FROM "
                + RawTable.NAME + " WHERE " + where + " GROUP BY 1),"
                + " p AS (SELECT * FROM c WHERE v IS NOT NULL AND v NOT IN (" + markers + "))";
        List<String> counted = new ArrayList<>();
        for (NumberFormat format : NumberFormat.values()) {
            counted.add(
                    "sum(n) FILTER (length(v) < 40 AND " + format.finiteSql("v") + " IS NOT NULL) AS " + format.name());
        }
        String number = NumberFormat.PLAIN.finiteSql("v");
        String sql =
                values + " SELECT (SELECT sum(n) FROM c) AS all_rows, sum(n) AS present, count(*) AS distinct_values,"
                        + " (SELECT list(v ORDER BY v) FROM c WHERE v IN (" + markers + ")) AS markers, "
                        + String.join(", ", counted)
                        + ", count(*) FILTER (" + number + " IS NULL) AS non_numbers"
                        + ", sum(n) FILTER (length(v) < 20 AND regexp_full_match(v, '[-+]?[0-9]+([.]0*)?')) AS integers"
                        + ", min(" + number + ") AS minimum, max(" + number + ") AS maximum"
                        + ", sum(length(v) * n) / sum(n) AS mean_length"
                        + ", sum((1 + len(regexp_extract_all(v, '\\s+'))) * n) / sum(n) AS mean_words"
                        + ", sum(n) FILTER (regexp_matches(v, '^(MULTI)?(POINT|LINESTRING|POLYGON) ?[(]')) AS geometries"
                        + ", sum(n) FILTER (length(v) BETWEEN 6 AND 40 AND regexp_matches(v, '[0-9]')) AS maybe_dates"
                        + ", (SELECT list(v ORDER BY n DESC, v) FROM (SELECT * FROM p ORDER BY n DESC, v LIMIT " + TOP
                        + ")) AS top FROM p";
        Counted found = db.single(sql, r -> counted(column, r));
        return found.maybeDates() ? withDates(found.facts(), column, where) : found.facts();
    }

    /** Values of a column by falling frequency, at most {@code most}, missing ones left out. */
    List<String> values(int column, int most) {
        return db.query(
                "SELECT v FROM (SELECT " + RawTable.column(column) + " AS v, count(*) AS n FROM " + RawTable.NAME
                        + " WHERE " + present(column) + " GROUP BY 1) ORDER BY n DESC, v LIMIT " + most,
                r -> r.getString(1));
    }

    /** SQL condition that a column has a value. */
    static String present(int column) {
        String cell = RawTable.column(column);
        return cell + " IS NOT NULL AND " + cell + " NOT IN (" + DuckDb.literals(MissingMarkers.COMMON.stream()) + ")";
    }

    private record Counted(ColumnFacts facts, boolean maybeDates) {}

    private Counted counted(int column, ResultSet r) throws SQLException {
        long present = r.getLong("present");
        Map<NumberFormat, Long> numbers = new EnumMap<>(NumberFormat.class);
        for (NumberFormat format : NumberFormat.values()) {
            numbers.put(format, r.getLong(format.name()));
        }
        String name = raw.header().get(column);
        long integers = r.getLong("integers");
        ColumnFacts facts = new ColumnFacts(
                name,
                r.getLong("all_rows"),
                present,
                r.getLong("distinct_values"),
                strings(r.getArray("markers")),
                numbers,
                r.getLong("non_numbers"),
                integers,
                numberOr(r, "minimum"),
                numberOr(r, "maximum"),
                r.getDouble("mean_length"),
                r.getDouble("mean_words"),
                r.getLong("geometries"),
                Map.of(),
                strings(r.getArray("top")));
        boolean likeDates = r.getLong("maybe_dates") > 0.9 * present && present > 0;
        boolean numeric = numbers.get(NumberFormat.PLAIN) > 0.9 * present;
        boolean datedInteger = integers == present && DatePatterns.named(name);
        return new Counted(facts, likeDates && (!numeric || datedInteger));
    }

    private ColumnFacts withDates(ColumnFacts facts, int column, String where) {
        String patterns = DatePatterns.ALL.stream()
                .map(p -> "sum(n) FILTER (try_strptime(v, " + DuckDb.literal(p) + ") IS NOT NULL)")
                .collect(Collectors.joining(", "));
        Map<String, Long> dates = db.single(
                "SELECT " + patterns + " FROM (SELECT " + RawTable.column(column) + " AS v, count(*) AS n FROM "
                        + RawTable.NAME + " WHERE " + where + " GROUP BY 1) WHERE length(v) <= 40",
                r -> {
                    Map<String, Long> found = new LinkedHashMap<>();
                    for (int i = 0; i < DatePatterns.ALL.size(); i++) {
                        long rows = r.getLong(i + 1);
                        if (rows > 0) {
                            found.put(DatePatterns.ALL.get(i), rows);
                        }
                    }
                    return found;
                });
        return new ColumnFacts(
                facts.name(),
                facts.rows(),
                facts.present(),
                facts.distinct(),
                facts.markers(),
                facts.numbers(),
                facts.distinctNonNumbers(),
                facts.integers(),
                facts.minimum(),
                facts.maximum(),
                facts.meanLength(),
                facts.meanWords(),
                facts.geometries(),
                dates,
                facts.top());
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
