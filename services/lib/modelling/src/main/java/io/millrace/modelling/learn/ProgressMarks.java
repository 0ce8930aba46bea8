package io.millrace.modelling.learn;

import io.millrace.configuration.Configuration;
import io.millrace.events.ProgressCurve;
import io.millrace.modelling.learn.LearningCurve.Point;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a learning curve at the marks of a {@link ProgressCurve}: nine of a network, seldom more than twenty-five of boosting. */
final class ProgressMarks {
    /** A quarter of a network's epochs; before it nothing is told apart. */
    private static final int FIRST = -8;
    /** 64: boosting makes rounds until their learning rates add up to 60 at most. */
    private static final int LAST = 24;

    private static final MathContext DIGITS = new MathContext(6);

    private ProgressMarks() {}

    /** The best validation error so far at every mark that the curve came to; empty where it came to none or is not finite. */
    static Optional<ProgressCurve> best(Configuration configuration, List<Point> points, int fold) {
        if (!points.stream().allMatch(p -> Double.isFinite(p.validationError()))) {
            return Optional.empty();
        }
        double end = configuration.progress(points.get(points.size() - 1).step());
        List<Double> errors = new ArrayList<>();
        int mark = FIRST;
        int seen = 0;
        double best = Double.POSITIVE_INFINITY;
        for (; mark <= LAST && ProgressCurve.progressAt(mark) <= end; mark++) {
            double progress = ProgressCurve.progressAt(mark);
            while (seen < points.size()
                    && configuration.progress(points.get(seen).step()) <= progress) {
                best = Math.min(best, points.get(seen).validationError());
                seen++;
            }
            // The first steps may be longer than the way to the first marks.
            if (seen > 0) {
                errors.add(new BigDecimal(best).round(DIGITS).doubleValue());
            }
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(new ProgressCurve(fold, mark - errors.size(), errors));
    }
}
