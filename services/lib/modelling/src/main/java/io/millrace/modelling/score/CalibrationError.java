package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;

/**
 * Expected calibration error (Naeini et al. 2015): the most probable class of every row, in {@value #BINS} bins of its
 * probability; the mean over rows of how far the bin's hit rate lies from its mean probability. 0 to 1, 0 is perfect; a
 * perfect model still has about 0.4 / sqrt(rows per bin).
 */
public final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    /**
     * Measures.
     *
     * @param target class index per row
     * @param predictions probability per class, rows adding up to 1
     */
    public static double of(double[] target, Matrix predictions) {
        double[] excess = new double[BINS];
        for (int r = 0; r < target.length; r++) {
            int said = Scoring.argMax(predictions, r);
            double probability = predictions.get(r, said);
            int bin = (int) Math.min(BINS - 1, probability * BINS);
            excess[bin] += (said == (int) target[r] ? 1 : 0) - probability;
        }
        double sum = 0;
        for (double e : excess) {
            sum += Math.abs(e);
        }
        return sum / Math.max(1, target.length);
    }
}
