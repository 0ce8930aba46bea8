package io.millrace.events;

import java.util.List;

/**
 * What one configuration reaches on growing numbers of training rows.
 *
 * @param points at a quarter, a half and all of the rows
 */
public record DataCurve(List<DataPoint> points) {
    public DataCurve {
        points = List.copyOf(points);
    }

    /**
     * A point of the curve.
     *
     * @param rows training rows of a fold
     * @param score the optimised metric on rows that were not trained on
     */
    public record DataPoint(int rows, double score) {}
}
