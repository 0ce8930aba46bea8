package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;

/** Area under the receiver operating characteristic of one class against the others. */
final class RocArea {
    private RocArea() {}

    /** The chance that a row of the class scores above another row, ties counting half; NaN without both kinds of rows. */
    static double area(double[] target, Matrix predictions, int positive) {
        double[] placements = placements(target, predictions, positive);
        double sum = 0;
        long positives = 0;
        for (int r = 0; r < target.length; r++) {
            if ((int) target[r] == positive) {
                sum += placements[r];
                positives++;
            }
        }
        return positives == 0 ? Double.NaN : sum / positives;
    }

    /**
     * Placement values (DeLong et al. 1988): for a row of the class the share of the other rows that it beats, for
     * another row the share of the rows of the class that beat it. The mean over either side is the area; NaN where
     * the opposite side is empty.
     */
    static double[] placements(double[] target, Matrix predictions, int positive) {
        int n = target.length;
        long[] order = ascending(predictions, positive, n);
        long positives = Arrays.stream(target).filter(t -> (int) t == positive).count();
        long negatives = n - positives;
        double[] placements = new double[n];
        long positivesBelow = 0;
        long negativesBelow = 0;
        for (int i = 0; i < n; ) {
            int end = i;
            long tiedPositives = 0;
            while (end < n && order[end] >> 32 == order[i] >> 32) {
                tiedPositives += (int) target[(int) order[end]] == positive ? 1 : 0;
                end++;
            }
            long tiedNegatives = end - i - tiedPositives;
            double beaten = (negativesBelow + tiedNegatives / 2.0) / negatives;
            double beatenBy = (positives - positivesBelow - tiedPositives / 2.0) / positives;
            for (; i < end; i++) {
                int row = (int) order[i];
                placements[row] = (int) target[row] == positive ? beaten : beatenBy;
            }
            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
        }
        return placements;
    }

    /** Score bits in the high half, row in the low half, sorted. Scores are not negative, so their bits sort as they do. */
    private static long[] ascending(Matrix predictions, int column, int rows) {
        long[] order = new long[rows];
        for (int r = 0; r < rows; r++) {
            order[r] = ((long) Float.floatToIntBits(Math.max(0f, predictions.get(r, column))) << 32) | r;
        }
        Arrays.sort(order);
        return order;
    }
}
