package io.millrace.planner.core;

import io.millrace.events.ProgressCurve;
import java.util.Optional;

/**
 * How a trial got on, for comparison with later ones of its family.
 *
 * @param rowLimit most training rows that it saw; absent for all
 * @param curve its first fold's errors by progress
 */
public record FamilyCurve(Optional<Integer> rowLimit, ProgressCurve curve) {
    /** The error at a mark, or the last before it where training ended earlier; empty where it came to none until there. */
    Optional<Double> at(int mark) {
        return curve.at(mark);
    }
}
