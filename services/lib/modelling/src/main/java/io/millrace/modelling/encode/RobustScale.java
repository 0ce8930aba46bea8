package io.millrace.modelling.encode;

import java.util.Arrays;

/**
 * Robust scaling and smooth clipping as in RealMLP (Holzmueller et al. 2024): {@code z = (x - center) * factor}, then
 * {@code z / sqrt(1 + (z/3)^2)}, which never leaves (-3, 3).
 *
 * @param center the median
 * @param factor 1 / (q75 - q25); where that is 0, 2 / (max - min); where that is 0 as well, 0
 */
record RobustScale(double center, double factor) implements NumberScale {
    /** Scale of a column whose values are all there; sorts {@code sample}, which may be a part of the column. */
    static RobustScale of(double[] sample, double minimum, double maximum) {
        if (sample.length == 0) {
            return new RobustScale(0, 0);
        }
        Arrays.sort(sample);
        double spread = NumberScale.quantile(sample, 0.75) - NumberScale.quantile(sample, 0.25);
        return new RobustScale(NumberScale.quantile(sample, 0.5), factor(spread, maximum - minimum));
    }

    /** Scale of a column of zeros and a share of ones. */
    static RobustScale ofShare(double share) {
        double spread = bit(share, 0.75) - bit(share, 0.25);
        return new RobustScale(bit(share, 0.5), factor(spread, share > 0 && share < 1 ? 1 : 0));
    }

    @Override
    public double apply(double value) {
        double z = (value - center) * factor;
        return z / Math.sqrt(1 + z * z / 9);
    }

    private static double factor(double spread, double range) {
        double factor = spread > 0 ? 1 / spread : 2 / range;
        return Double.isFinite(factor) ? factor : 0;
    }

    private static double bit(double share, double q) {
        return q > 1 - share ? 1 : 0;
    }
}
