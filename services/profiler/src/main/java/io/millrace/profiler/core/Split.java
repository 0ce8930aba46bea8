package io.millrace.profiler.core;

import io.millrace.dataset.DatasetProfile;

/**
 * How many rows are held out and how many folds there are.
 *
 * @param holdoutShare share of rows that no training sees
 * @param folds validation folds
 */
public record Split(double holdoutShare, int folds) {
    /** Rows that tell enough about a model; more of them are worth more to training. */
    private static final double HELD_OUT = 1_000;

    private static final int SMALL = 5_000;
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
     * A twentieth of the rows is held out, a thousand of many: the ensemble's cross-fitted score tells what it is worth and the holdout
     * is a check on that, while a tenth of the rows in training is worth up to 1 % of the error. Eight folds where rows are few enough
     * for the planner to have all folds trained at once (its {@code Regime}), so that models see more of them; five where it looks at
     * one fold first, whose rows have to tell trials apart; ten where a tenth of the rows does. Measured, see the README.
     */
    public static Split defaultFor(long rows) {
        double share = Math.max(0.01, Math.min(0.05, HELD_OUT / rows));
        return new Split(share, rows <= SMALL ? 8 : rows <= LARGE ? 5 : 10);
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
