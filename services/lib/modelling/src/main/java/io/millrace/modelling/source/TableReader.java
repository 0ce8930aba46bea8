package io.millrace.modelling.source;

import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the typed table that the profiler wrote. */
public final class TableReader {
    private TableReader() {}

    /** {@link #read(Path, DatasetProfile, SourceSettings)} with the default settings. */
    public static Table read(Path parquet, DatasetProfile profile) {
        return read(parquet, profile, SourceSettings.defaults());
    }

    /** Reads all rows in source order; the layout is that of {@link DatasetProfile}. */
    public static Table read(Path parquet, DatasetProfile profile, SourceSettings settings) {
        Path file = parquet.toAbsolutePath();
        List<ColumnProfile> features = profile.features();
        List<String> select = new ArrayList<>();
        for (ColumnProfile column : features) {
            select.add(ColumnFetch.sql(DuckDb.identifier(column.name()), column));
        }
        select.add(DuckDb.identifier(DatasetProfile.TARGET));
        select.add("CAST(" + DuckDb.identifier(DatasetProfile.FOLD) + " AS DOUBLE)");
        String query =
                "SELECT " + String.join(", ", select) + " FROM read_parquet(" + DuckDb.literal(file.toString()) + ")";
        int rows = Math.toIntExact(profile.rows());
        try (WorkFolder work = WorkFolder.below(settings.scratch());
                DuckDb db = DuckDb.open(settings, work.path(), file.getParent())) {
            List<Object> columns = ColumnFetch.fetch(db, query, rows, features, 2);
            double[] target = (double[]) columns.get(features.size());
            double[] folds = (double[]) columns.get(features.size() + 1);
            int[] fold = new int[rows];
            for (int i = 0; i < rows; i++) {
                fold[i] = (int) folds[i];
            }
            return new Table(profile, rows, columns.subList(0, features.size()), target, fold);
        }
    }
}
