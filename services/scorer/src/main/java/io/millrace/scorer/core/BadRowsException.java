package io.millrace.scorer.core;

/** A body that does not hold rows. The message says where and why. */
public final class BadRowsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRowsException(String message) {
        super(message);
    }
}
