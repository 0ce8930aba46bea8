package io.millrace.runtime;

/** A failure with a kind that tells the runtime what to do with the record. */
public final class EventHandlingException extends RuntimeException {
    /** What to do with a record whose handling failed. */
    public enum Kind {
        /** Give it back, another try may succeed (a store that is away, say). */
        RETRYABLE,
        /** To the dead letters at once: no try will succeed. */
        POISON
    }

    private static final long serialVersionUID = 1L;
    private final Kind kind;

    public EventHandlingException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
