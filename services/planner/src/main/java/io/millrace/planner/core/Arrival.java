package io.millrace.planner.core;

import io.millrace.events.ProgressCurve;
import java.util.Optional;

/**
 * The result of a work item: an outcome or a failure, exactly one of them.
 *
 * @param ordinal ordinal of the work item
 * @param outcome what was reached
 * @param failure why nothing was
 * @param progress how its first fold got on; absent where nobody told
 */
public record Arrival(
        int ordinal, Optional<Outcome> outcome, Optional<Failure> failure, Optional<ProgressCurve> progress) {
    static Arrival of(int ordinal, Outcome outcome, Optional<ProgressCurve> progress) {
        return new Arrival(ordinal, Optional.of(outcome), Optional.empty(), progress);
    }

    static Arrival of(int ordinal, Failure failure) {
        return new Arrival(ordinal, Optional.empty(), Optional.of(failure), Optional.empty());
    }
}
