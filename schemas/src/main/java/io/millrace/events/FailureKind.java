package io.millrace.events;

/** Whose turn it is after a failure. */
public enum FailureKind {
    /** The user's: the input cannot be used. */
    INVALID_INPUT,
    /** The operator's: a resource was short or away. */
    RESOURCE,
    /** Nobody's: the time was over before there was a result. */
    TIMEOUT,
    /** Ours. */
    BUG
}
