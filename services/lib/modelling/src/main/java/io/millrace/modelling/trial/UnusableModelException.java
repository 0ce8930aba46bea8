package io.millrace.modelling.trial;

/** A fold's model predicts no finite numbers: the trial has failed, whatever its other folds say. */
public final class UnusableModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableModelException(String message) {
        super(message);
    }
}
