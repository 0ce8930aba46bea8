package io.millrace.modelling.learn;

/** The state that a fit should go on from is none of its job, such as one of another release: it can only begin anew. */
public final class UnusableStateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnusableStateException(String message, Exception cause) {
        super(message, cause);
    }
}
