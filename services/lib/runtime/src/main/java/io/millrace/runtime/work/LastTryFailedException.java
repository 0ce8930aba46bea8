package io.millrace.runtime.work;

/** The tries of an event are used up; the cause is why the last one failed. */
final class LastTryFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exception failure;

    LastTryFailedException(Exception failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    Exception failure() {
        return failure;
    }
}
