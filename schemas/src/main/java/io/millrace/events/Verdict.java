package io.millrace.events;

/** Which problem a trial has: one of the three that a cure of the model can help with, too few rows, or none. */
public enum Verdict {
    /** Does not even fit the training data. */
    OPTIMIZATION,
    /** Fits, but does not carry over to new rows. */
    GENERALIZATION,
    /** The result depends on the fold or the seed. */
    VARIANCE,
    /** Fits, and more rows would carry it over better than any change of the model. */
    DATA_LIMITED,
    /** None of them. */
    HEALTHY
}
