package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;
import java.util.Collection;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Targets and predictions of the rows whose validation folds were trained.
 *
 * @param rows rows of the table, ascending
 * @param folds validation fold per row
 * @param target class index or value per row
 * @param predictions one row per row
 */
public record OutOfFold(int[] rows, int[] folds, double[] target, Matrix predictions) {
    /** Rows of the table that lie in one of the folds, ascending. */
    public static int[] rowsIn(Truth truth, Collection<Integer> folds) {
        Set<Integer> wanted = Set.copyOf(folds);
        int[] foldOf = truth.folds();
        return IntStream.range(0, foldOf.length)
                .filter(r -> wanted.contains(foldOf[r]))
                .toArray();
    }

    /**
     * Cuts predictions for the whole table down to some folds.
     *
     * @throws IllegalArgumentException when the matrix does not belong to the table or a row in it is not finite
     */
    public static OutOfFold of(Truth truth, Matrix predictions, Collection<Integer> folds) {
        if (predictions.rows() != truth.rows()
                || predictions.columns() != truth.profile().outputs()) {
            throw new IllegalArgumentException("predictions of " + predictions.rows() + " x " + predictions.columns()
                    + " do not belong to a table of " + truth.rows() + " rows and "
                    + truth.profile().outputs() + " outputs");
        }
        int[] rows = rowsIn(truth, folds);
        Matrix cut = predictions.select(rows);
        requireFinite(cut, rows);
        return new OutOfFold(rows, pick(truth.folds(), rows), pick(truth.target(), rows), cut);
    }

    /** The rows of one fold. */
    public OutOfFold fold(int fold) {
        int[] at = IntStream.range(0, rows.length).filter(i -> folds[i] == fold).toArray();
        return new OutOfFold(pick(rows, at), pick(folds, at), pick(target, at), predictions.select(at));
    }

    private static void requireFinite(Matrix matrix, int[] rows) {
        for (int i = 0; i < matrix.values().length; i++) {
            if (!Float.isFinite(matrix.values()[i])) {
                throw new IllegalArgumentException("the prediction for row " + rows[i / matrix.columns()] + " is "
                        + matrix.values()[i] + ": the trial's models diverged");
            }
        }
    }

    private static int[] pick(int[] values, int[] at) {
        return IntStream.of(at).map(i -> values[i]).toArray();
    }

    /** The values at the positions asked for, in that order. */
    public static double[] pick(double[] values, int[] at) {
        return IntStream.of(at).mapToDouble(i -> values[i]).toArray();
    }
}
