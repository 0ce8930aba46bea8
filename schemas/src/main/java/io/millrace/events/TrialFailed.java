package io.millrace.events;

/**
 * A trial ended without a model; the run goes on.
 *
 * @param trial name of the trial within the run
 * @param number ordinal of the trial within the run
 * @param rung rung that failed
 * @param kind whose turn it is
 * @param message what happened; cut off after 2,000 characters
 */
public record TrialFailed(String trial, int number, int rung, FailureKind kind, String message) implements Event {
    public TrialFailed {
        message = Wording.bounded(message);
    }
}
