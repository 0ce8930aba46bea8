package io.millrace.planner.core;

import java.util.Optional;

/**
 * The result of a work item: an outcome or a failure, exactly one of them.
 *
 * @param ordinal ordinal of the work item
 * @param outcome what was reached
 * @param failure why nothing was
 */
public record Arrival(int ordinal, Optional<Outcome> outcome, Optional<Failure> failure) {
    static Arrival of(int ordinal, Outcome outcome) {
        return new Arrival(ordinal, Optional.of(outcome), Optional.empty());
    }

    static Arrival of(int ordinal, Failure failure) {
        return new Arrival(ordinal, Optional.empty(), Optional.of(failure));
    }
}
