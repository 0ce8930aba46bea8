package io.millrace.allinone.ratecurve;

import io.millrace.modelling.rangetest.RangeCurve;

/**
 * Where a point of a range test is drawn: rates on a logarithmic scale from the left, losses from the bottom, both 0 to 1.
 *
 * @param lowestRate rate at the left edge
 * @param highestRate rate at the right edge
 * @param lowestLoss loss at the bottom
 * @param highestLoss loss at the top; what flies off is drawn there
 */
record CurveScale(double lowestRate, double highestRate, double lowestLoss, double highestLoss) {
    /** How far above its start the smoothed loss may be and still be drawn in full, as a share of its whole fall. */
    private static final double ABOVE = 0.5;

    /** The scale of a curve of at least one point. */
    static CurveScale of(RangeCurve curve) {
        double lowest =
                curve.smoothed().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double first = curve.smoothed().get(0);
        double most =
                curve.smoothed().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double fall = Math.max(1e-9, first - lowest);
        return new CurveScale(
                curve.rates().get(0),
                curve.rates().get(curve.rates().size() - 1),
                lowest - 0.1 * fall,
                Math.max(first + 0.1 * fall, Math.min(most, first + ABOVE * fall)));
    }

    double x(double rate) {
        double width = Math.log(highestRate / lowestRate);
        return width <= 0 ? 0 : clamp(Math.log(rate / lowestRate) / width);
    }

    double y(double loss) {
        return clamp((loss - lowestLoss) / (highestLoss - lowestLoss));
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
