package io.millrace.events;

import java.util.List;

/**
 * When a trial is no match for those before it and may end: as soon as the best error that it has reached at a mark
 * ({@link ProgressCurve#progressAt}) is worse than what the mark holds, a median over completed trials of its family. The rule
 * travels with the request, so that whoever trains it, and however often it is begun again, stops it at the same step.
 *
 * @param fold the fold whose training it judges, the first of the trial
 * @param trials how many trials the medians are of
 * @param firstMark ordinal of the first mark at which it judges
 * @param errors at this mark and those after it: the error that must have been reached
 */
public record StopRule(int fold, int trials, int firstMark, List<Double> errors) {
    public StopRule {
        errors = List.copyOf(errors);
    }

    /** What must have been reached at a mark; anything where the rule does not judge. */
    public double errorAt(int mark) {
        int index = mark - firstMark;
        return index < 0 || index >= errors.size() ? Double.POSITIVE_INFINITY : errors.get(index);
    }
}
