package io.millrace.modelling.score;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.source.WorkFolder;
import java.nio.file.Path;

/**
 * What predictions are held against: of a typed table only the target and the folds, which is all that scoring needs.
 *
 * @param profile profile of the table
 * @param target class index or value per row
 * @param folds validation fold per row, {@link DatasetProfile#HOLDOUT} for the holdout
 */
public record Truth(DatasetProfile profile, double[] target, int[] folds) {
    /** Number of rows. */
    public int rows() {
        return target.length;
    }

    /** Reads the two columns; takes milliseconds, however wide the table. */
    public static Truth read(Path parquet, DatasetProfile profile, Path scratch) {
        int rows = Math.toIntExact(profile.rows());
        double[] target = new double[rows];
        int[] folds = new int[rows];
        Path file = parquet.toAbsolutePath();
        try (WorkFolder work = WorkFolder.below(scratch);
                DuckDb db = DuckDb.open(SourceSettings.defaults(), work.path(), file.getParent())) {
            int[] done = new int[1];
            String query = "SELECT " + DuckDb.identifier(DatasetProfile.TARGET) + "::DOUBLE, "
                    + DuckDb.identifier(DatasetProfile.FOLD) + "::INTEGER FROM read_parquet("
                    + DuckDb.literal(file.toString()) + ")";
            db.scan(query, chunk -> {
                int count = (int) chunk.rowCount();
                for (int i = 0; i < count; i++) {
                    target[done[0] + i] = chunk.vector(0).getDouble(i);
                    folds[done[0] + i] = chunk.vector(1).getInt(i);
                }
                done[0] += count;
            });
            if (done[0] != rows) {
                throw new IllegalArgumentException("the table has " + done[0] + " rows, its profile says " + rows
                        + ": they do not belong together");
            }
        }
        return new Truth(profile, target, folds);
    }
}
