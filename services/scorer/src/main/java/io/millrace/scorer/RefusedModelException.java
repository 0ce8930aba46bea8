package io.millrace.scorer;

/** A model is not what its event says, or nobody who is trusted signed it, or its archive cannot be read. */
public final class RefusedModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedModelException(String model, Exception cause) {
        super("the model " + model + " is refused: " + cause.getMessage(), cause);
    }
}
