package io.millrace.modelling.table;

import io.millrace.dataset.DatasetProfile;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set in memory, column by column. Features are numbered as in {@link DatasetProfile#features()}. Never
 * modified after it is built; the arrays are shared and must not be written to. It remembers some of what was derived from it.
 */
public final class Table {
    /** Code of a category that is missing. */
    public static final int MISSING = -1;
    /** Code of a category that is not among the column's levels. */
    public static final int UNKNOWN = -2;
    /** How much of what was derived from it a table remembers: several for each of a trial's folds. */
    private static final int DERIVED = 32;

    private final DatasetProfile profile;
    private final int rows;
    private final List<Object> features;
    private final double[] target;
    private final int[] folds;
    private final SharedCache<Derived<?>, Object> derived = new SharedCache<>(DERIVED);

    /**
     * Wraps columns.
     *
     * @param features per feature {@code double[]} (numbers, booleans, dates; NaN where missing), {@code int[]}
     *     (categories: index into {@link io.millrace.dataset.ColumnProfile#levels()}, {@link #MISSING} or
     *     {@link #UNKNOWN}), or {@code String[]} (texts; null where missing)
     * @param target class index or value per row; empty when the rows have none
     * @param folds validation fold per row, {@link DatasetProfile#HOLDOUT} for the holdout; empty for new rows
     */
    public Table(DatasetProfile profile, int rows, List<Object> features, double[] target, int[] folds) {
        if (features.size() != profile.features().size()) {
            throw new IllegalArgumentException(
                    features.size() + " columns for " + profile.features().size() + " features");
        }
        this.profile = profile;
        this.rows = rows;
        this.features = List.copyOf(features);
        this.target = target;
        this.folds = folds;
    }

    public DatasetProfile profile() {
        return profile;
    }

    public int rows() {
        return rows;
    }

    /** Values of a feature that is stored as a number; NaN where missing. */
    public double[] numbers(int feature) {
        return (double[]) features.get(feature);
    }

    /** Codes of a categorical feature. */
    public int[] codes(int feature) {
        return (int[]) features.get(feature);
    }

    /** Texts of a text feature; null where missing. */
    public String[] texts(int feature) {
        return (String[]) features.get(feature);
    }

    /** Class index or value per row. */
    public double[] target() {
        return target;
    }

    /** Validation fold per row. */
    public int[] folds() {
        return folds;
    }

    /**
     * What follows from a table and takes its time, and so is found out once for all trials. Equal to what has the same result.
     *
     * @param <T> the result, never modified
     */
    public interface Derived<T> {
        T of(Table table);
    }

    /** What follows from this table: known already, or found out by this thread or another. */
    @SuppressWarnings("unchecked") // what a derivation results in was put there by it
    public <T> T derive(Derived<T> what) {
        return (T) derived.get(what, () -> what.of(this));
    }

    /** All of some rows, or as many as there may be, evenly spread over their order. */
    public static int[] evenly(int[] rows, int most) {
        int count = Math.min(rows.length, most);
        return IntStream.range(0, count)
                .map(i -> rows[(int) ((long) i * rows.length / count)])
                .toArray();
    }

    /** Rows of one fold, ascending. */
    public int[] rowsOf(int fold) {
        return IntStream.range(0, rows).filter(r -> folds[r] == fold).toArray();
    }

    /** Rows that may train when {@code fold} validates: neither in it nor in the holdout, ascending. */
    public int[] trainingRows(int fold) {
        return IntStream.range(0, rows)
                .filter(r -> folds[r] != fold && folds[r] != DatasetProfile.HOLDOUT)
                .toArray();
    }
}
