package io.millrace.events;

import java.util.List;
import java.util.Optional;

/**
 * How the error on new rows stood on the way of a training, at marks of its progress
 * ({@link io.millrace.configuration.Configuration#progress}) that are the same for all trials, so that those of a family can be
 * compared at equal progress. One fold and not the mean of all, as in {@link LossCurve}.
 *
 * @param fold the fold that validated, the first of the trial
 * @param firstMark ordinal of the first mark that the training came to
 * @param errors at this mark and those after it, as far as the training came: the best of the optimised metric, as an error to
 *     minimise, over all steps up to the mark, to six digits
 */
public record ProgressCurve(int fold, int firstMark, List<Double> errors) {
    private static final double PER_DOUBLING = 4;

    public ProgressCurve {
        errors = List.copyOf(errors);
    }

    /** Progress at a mark: four marks to every doubling, because errors fall ever more slowly; mark 0 is at 1. */
    public static double progressAt(int mark) {
        // Strict, so that it is the same number on every machine.
        return StrictMath.pow(2, mark / PER_DOUBLING);
    }

    /** The error at a mark, or the last before it where training ended earlier; empty where it came to none until there. */
    public Optional<Double> at(int mark) {
        int index = Math.min(mark, lastMark()) - firstMark;
        return index < 0 ? Optional.empty() : Optional.of(errors.get(index));
    }

    /** Ordinal of the last mark that the training came to. */
    public int lastMark() {
        return firstMark + errors.size() - 1;
    }
}
