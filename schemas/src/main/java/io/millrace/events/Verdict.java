package io.millrace.events;

/** Which of the three problems a trial has. */
public enum Verdict {
    /** Does not even fit the training data. */
    OPTIMIZATION,
    /** Fits, but does not carry over to new rows. */
    GENERALIZATION,
    /** The result depends on the fold or the seed. */
    VARIANCE,
    /** None of them. */
    HEALTHY
}
