package io.millrace.modelling.learn;

import io.millrace.events.TrainingEnd;
import io.millrace.modelling.learn.LearningCurve.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the points of a fit, remembers the best, and thins them in the end. */
public final class CurveRecorder {
    private static final int MOST_POINTS = 200;

    private final List<Point> points = new ArrayList<>();
    private int best = -1;

    /** Adds a round and tells whether it is the best so far: a smaller error, or the same with a smaller loss. */
    public boolean add(Point point) {
        points.add(point);
        boolean better = best < 0 || isBetter(point, points.get(best));
        if (better) {
            best = points.size() - 1;
        }
        return better;
    }

    private static boolean isBetter(Point point, Point than) {
        int byError = Double.compare(point.validationError(), than.validationError());
        return byError < 0 || (byError == 0 && point.validationLoss() < than.validationLoss());
    }

    /** Rounds since the best one. */
    public int roundsSinceBest() {
        return points.size() - 1 - best;
    }

    /** Ordinal of the best round, from 1. */
    public int bestRound() {
        return best + 1;
    }

    /** Declares the last round the best, for models that only ever gain from more rounds. */
    public CurveRecorder lastIsKept() {
        best = points.size() - 1;
        return this;
    }

    /** The curve, thinned. */
    public LearningCurve curve(TrainingEnd end) {
        int[] kept = Thinning.kept(points.size(), MOST_POINTS, best);
        List<Point> thinned = Arrays.stream(kept).mapToObj(points::get).toList();
        return new LearningCurve(thinned, Arrays.binarySearch(kept, best), end.wireName());
    }
}
