package io.millrace.events;

import java.util.List;

/**
 * The curve of a range test, thinned so that it travels in an event; the whole is in the object store.
 *
 * @param points at most {@value #MOST_POINTS}, by ascending rate
 */
public record RateCurve(List<RatePoint> points) {
    /** Such a curve takes 6 KiB. */
    public static final int MOST_POINTS = 100;

    public RateCurve {
        points = List.copyOf(points);
    }

    /**
     * A point of the curve.
     *
     * @param rate learning rate
     * @param loss smoothed loss at that rate
     */
    public record RatePoint(double rate, double loss) {}
}
