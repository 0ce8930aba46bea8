package io.millrace.dataset;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a data set; stored as JSON beside the typed table.
 *
 * <p>The typed table is a Parquet file with the feature columns under their own names, the target as column
 * {@value #TARGET} (class index 0.. as DOUBLE, or the number itself), and {@value #FOLD}: the validation fold of the
 * row, or {@value #HOLDOUT} where the row belongs to the holdout. Rows keep the order of the source; rows without a
 * target are left out. {@value #ROW} is the 0-based row of the source.
 *
 * @param name name of the data set
 * @param rows rows of the typed table
 * @param target header of the target column
 * @param task what is predicted
 * @param classes labels by class index, sorted; empty for regression
 * @param classCounts rows per class, over all rows of the table
 * @param columns every column of the source but the target, in source order
 * @param missingMarkers texts that were read as missing, such as {@code ?} or {@code NA}
 * @param folds number of validation folds
 * @param holdoutRows rows of the holdout
 * @param timeColumn column by which holdout and folds were cut, where that was asked
 * @param duplicateRows rows that repeat an earlier row in every feature and the target
 * @param source how the source was read, so that new rows are read the same way
 * @param warnings findings that a user should know, as sentences
 */
public record DatasetProfile(
        String name,
        long rows,
        String target,
        Task task,
        List<String> classes,
        List<Long> classCounts,
        List<ColumnProfile> columns,
        List<String> missingMarkers,
        int folds,
        long holdoutRows,
        Optional<String> timeColumn,
        long duplicateRows,
        SourceFormat source,
        List<String> warnings) {

    /** Column of the typed table that holds the target. */
    public static final String TARGET = "__millrace_target";
    /** Column of the typed table that holds the fold. */
    public static final String FOLD = "__millrace_fold";
    /** Column of the typed table that holds the source row. */
    public static final String ROW = "__millrace_row";
    /** Value of {@link #FOLD} for rows of the holdout. */
    public static final int HOLDOUT = -1;

    public DatasetProfile {
        classes = List.copyOf(classes);
        classCounts = List.copyOf(classCounts);
        columns = List.copyOf(columns);
        missingMarkers = List.copyOf(missingMarkers);
        warnings = List.copyOf(warnings);
    }

    /** Columns that models see. */
    public List<ColumnProfile> features() {
        return columns.stream().filter(c -> c.kind().isFeature()).toList();
    }

    /** Width of a prediction: one column per class, or one for regression. */
    public int outputs() {
        return task.isClassification() ? classes.size() : 1;
    }
}
