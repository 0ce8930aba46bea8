package io.millrace.intake.core;

/** A drop cannot be taken, whoever tries. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    public RefusedException(String problem, String message, String remedy) {
        this(new Refusal(problem, message, remedy));
    }

    public RefusedException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
