package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;

/**
 * Area under the curve to first order: mean placement of either side, whose sum less the area has the variance of
 * DeLong et al. (1988). An exact resample would have to rank all rows again. Per class: rows of it, their placements,
 * other rows, their placements; after these the class's area where the predictions define one.
 */
final class RocSums implements MetricSums {
    private static final int PER_CLASS = 4;

    private final double[] target;
    private final Matrix predictions;
    private final int firstClass;
    private final int classes;
    private final double[] areas;

    RocSums(double[] target, Matrix predictions) {
        this.target = target;
        this.predictions = predictions;
        this.firstClass = predictions.columns() == 2 ? 1 : 0;
        this.classes = predictions.columns() - firstClass;
        this.areas = new double[classes];
    }

    @Override
    public int width() {
        return PER_CLASS * classes;
    }

    @Override
    public void addTo(double[] sums, int[] group) {
        for (int c = 0; c < classes; c++) {
            double[] placements = RocArea.placements(target, predictions, firstClass + c);
            double placed = 0;
            long positives = 0;
            for (int r = 0; r < target.length; r++) {
                boolean positive = (int) target[r] == firstClass + c;
                int at = group[r] * width() + PER_CLASS * c + (positive ? 0 : 2);
                sums[at]++;
                sums[at + 1] += placements[r];
                placed += positive ? placements[r] : 0;
                positives += positive ? 1 : 0;
            }
            areas[c] = positives == 0 ? Double.NaN : placed / positives;
        }
    }

    @Override
    public double metric(double[] sums) {
        double total = 0;
        int defined = 0;
        for (int c = 0; c < classes; c++) {
            int at = PER_CLASS * c;
            double area = sums[at + 1] / sums[at] + sums[at + 3] / sums[at + 2] - areas[c];
            if (!Double.isNaN(area)) {
                total += Math.min(1, Math.max(0, area));
                defined++;
            }
        }
        return defined == 0 ? Double.NaN : total / defined;
    }
}
