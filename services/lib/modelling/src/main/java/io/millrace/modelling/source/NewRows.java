package io.millrace.modelling.source;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads rows to predict, in the format and with the casts of the data set that the model was trained on. */
public final class NewRows {
    private NewRows() {}

    /** {@link #read(Path, DatasetProfile, SourceSettings)} with the default settings. */
    public static Table read(Path file, DatasetProfile profile) {
        return read(file, profile, SourceSettings.defaults());
    }

    /**
     * Reads a file. One row per row of the file, in its order; columns in any order, extra ones ignored; the target may
     * be absent (the table's target is then empty) or missing in rows (NaN).
     *
     * @throws MissingColumnsException when features are not among the columns
     * @throws UnreadableSourceException when the file is no table
     */
    public static Table read(Path file, DatasetProfile profile, SourceSettings settings) {
        return read(file, profile, settings, Integer.MAX_VALUE);
    }

    /** The same for {@code mostRows} rows at most; more are an {@link UnreadableSourceException} before they take memory. */
    public static Table read(Path file, DatasetProfile profile, SourceSettings settings, int mostRows) {
        try (WorkFolder folder = WorkFolder.below(settings.scratch());
                DuckDb db = DuckDb.open(settings, folder.path())) {
            RawTable raw = new SourceReader(db, settings, folder.path()).read(file, Optional.of(profile.source()));
            if (raw.rows() > mostRows) {
                throw new UnreadableSourceException(
                        "too-many-rows",
                        "there are " + raw.rows() + " rows, more than the " + mostRows + " that are taken at once",
                        "Send them in parts.");
            }
            return typed(db, raw, profile);
        }
    }

    private static Table typed(DuckDb db, RawTable raw, DatasetProfile profile) {
        Map<String, Integer> positions = new TreeMap<>();
        IntStream.range(0, raw.header().size())
                .forEach(i -> positions.put(raw.header().get(i).toLowerCase(Locale.ROOT), i));
        List<ColumnProfile> features = profile.features();
        List<String> missing = features.stream()
                .map(ColumnProfile::name)
                .filter(name -> !positions.containsKey(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (!missing.isEmpty()) {
            throw new MissingColumnsException(missing, raw.header());
        }
        ColumnCast cast = new ColumnCast(profile.missingMarkers());
        List<String> select = new ArrayList<>();
        for (ColumnProfile column : features) {
            String cell = RawTable.column(positions.get(column.name().toLowerCase(Locale.ROOT)));
            select.add(ColumnFetch.sql(cast.sql(cell, column), column));
        }
        Optional<Integer> target =
                Optional.ofNullable(positions.get(profile.target().toLowerCase(Locale.ROOT)));
        target.ifPresent(t -> select.add(targetSql(RawTable.column(t), profile, cast)));
        int rows = Math.toIntExact(raw.rows());
        List<Object> columns = new ArrayList<>(ColumnFetch.fetch(
                db,
                "SELECT " + String.join(", ", select) + " FROM " + RawTable.NAME + " ORDER BY rowid",
                rows,
                features,
                target.isPresent() ? 1 : 0));
        double[] values = target.isPresent() ? (double[]) columns.remove(features.size()) : new double[0];
        return new Table(profile, rows, columns, values, new int[0]);
    }

    /** SQL of the class index or the value of a target cell; NULL where it is missing or no known class. */
    public static String targetSql(String cell, DatasetProfile profile, ColumnCast cast) {
        return targetSql(cell, profile.classes(), cast);
    }

    /** As above, with the labels by class index; none for regression. */
    public static String targetSql(String cell, List<String> classes, ColumnCast cast) {
        if (classes.isEmpty()) {
            return cast.sql(cell, ColumnKind.NUMERIC, Optional.empty());
        }
        return IntStream.range(0, classes.size())
                .mapToObj(i -> " WHEN " + DuckDb.literal(classes.get(i)) + " THEN " + i)
                .collect(Collectors.joining("", "CAST(CASE " + cell, " END AS DOUBLE)"));
    }
}
