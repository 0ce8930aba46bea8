package io.millrace.runtime.work;

/** What becomes of a record that a worker held. */
public enum Disposition {
    /** Done. */
    ACCEPT,
    /** Back to the queue, for another try. */
    RELEASE,
    /** To the dead letters. */
    REJECT
}
