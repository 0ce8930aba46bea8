package io.millrace.events;

/**
 * Rows that somebody wanted predicted are not.
 *
 * @param model name of the model that was asked for
 * @param kind whose turn it is
 * @param message what happened and what to do; cut off after 2,000 characters
 */
public record PredictionFailed(String model, FailureKind kind, String message) implements Event {
    public PredictionFailed {
        message = Wording.bounded(message);
    }
}
