package io.millrace.profiler.core;

import io.millrace.dataset.DatasetProfile;

/**
 * How many rows are held out and how many folds there are.
 *
 * @param holdoutShare share of rows that no training sees
 * @param folds validation folds
 */
public record Split(double holdoutShare, int folds) {
    private static final int SMALL = 5_000;
    private static final int TINY = 1_000;
    private static final int LARGE = 50_000;

    public Split {
        if (!(holdoutShare >= 0 && holdoutShare <= 0.5)) {
            throw new RejectedDatasetException(
                    "bad-setting", "a holdout of " + holdoutShare + " is no share", "Ask for a holdout from 0 to 0.5.");
        }
        if (folds < 2) {
            throw new RejectedDatasetException(
                    "bad-setting", folds + " folds cannot validate", "Ask for at least 2 folds.");
        }
    }

    /**
     * A tenth of small data and about 2,500 rows of larger. Eight folds where every row counts, otherwise five, and ten
     * where a tenth of the rows is plenty to validate on. Measured: ten folds on 15,000 rows made ensembles worse, because
     * they are selected on the first fold.
     */
    public static Split defaultFor(long rows) {
        double share = rows < SMALL ? 0.10 : Math.max(0.01, Math.min(0.1, 2500.0 / rows));
        return new Split(share, rows <= TINY ? 8 : rows <= LARGE ? 5 : 10);
    }

    /** Holdout: the newest rows; folds: consecutive blocks of the others. Rows without a time count as the oldest. */
    public int[] byTime(double[] times) {
        Integer[] order = new Integer[times.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(order, (a, b) -> {
            double left = Double.isNaN(times[a]) ? Double.NEGATIVE_INFINITY : times[a];
            double right = Double.isNaN(times[b]) ? Double.NEGATIVE_INFINITY : times[b];
            return left == right ? Integer.compare(a, b) : Double.compare(left, right);
        });
        int held = (int) Math.round(holdoutShare * times.length);
        int training = times.length - held;
        int[] fold = new int[times.length];
        for (int rank = 0; rank < order.length; rank++) {
            fold[order[rank]] = rank < training ? (int) ((long) rank * folds / training) : DatasetProfile.HOLDOUT;
        }
        return fold;
    }
}
