package io.millrace.runtime.codec;

/** A record that is not one of our events, or JSON that is not what it should be; says what is wrong with it. */
public final class DecodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DecodingException(String message) {
        super(message);
    }

    public DecodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
