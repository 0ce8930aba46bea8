package io.millrace.modelling.ensemble;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.source.TableReader;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.modelling.table.Table;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows that no training has seen, read without the others.
 *
 * @param table the rows, in the order of the source
 * @param sourceRows 0-based row of the source per row
 */
public record Holdout(Table table, List<Long> sourceRows) {
    public Holdout {
        sourceRows = List.copyOf(sourceRows);
    }

    /** Reads the holdout of a typed table. */
    public static Holdout read(Path parquet, DatasetProfile profile, Path scratch) {
        Path file = parquet.toAbsolutePath();
        try (WorkFolder work = WorkFolder.below(scratch)) {
            Path rows = work.path().resolve("holdout.parquet");
            List<Long> sourceRows;
            try (DuckDb db = DuckDb.open(SourceSettings.defaults(), work.path(), file.getParent())) {
                db.execute("COPY (SELECT * FROM read_parquet(" + DuckDb.literal(file.toString()) + ") WHERE "
                        + DuckDb.identifier(DatasetProfile.FOLD) + " = " + DatasetProfile.HOLDOUT + ") TO "
                        + DuckDb.literal(rows.toAbsolutePath().toString()) + " (FORMAT parquet)");
                sourceRows = db.query(
                        "SELECT " + DuckDb.identifier(DatasetProfile.ROW) + " FROM read_parquet("
                                + DuckDb.literal(rows.toAbsolutePath().toString()) + ")",
                        row -> row.getLong(1));
            }
            return new Holdout(TableReader.read(rows, withRows(profile, sourceRows.size())), sourceRows);
        }
    }

    private static DatasetProfile withRows(DatasetProfile p, long rows) {
        return new DatasetProfile(
                p.name(),
                rows,
                p.target(),
                p.task(),
                p.classes(),
                p.classCounts(),
                p.columns(),
                p.missingMarkers(),
                p.folds(),
                p.holdoutRows(),
                p.timeColumn(),
                p.duplicateRows(),
                p.source(),
                p.warnings());
    }
}
