package io.millrace.events;

/**
 * A run ended without a model.
 *
 * @param name name of the data set
 * @param stage station that gave up, such as {@code planner}
 * @param kind whose turn it is
 * @param message what happened and what to do; cut off after 2,000 characters
 */
public record RunFailed(String name, String stage, FailureKind kind, String message) implements Event {
    public RunFailed {
        message = Wording.bounded(message);
    }
}
