package io.millrace.runtime.work;

/** Another outcome stands than one of the kind that is asked for: a failure instead of a result, or a result instead of a failure. */
final class StandingOutcomeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    StandingOutcomeException(Outcome outcome) {
        super(outcome.givenUp() ? "it was given up before" : "another worker came to a result");
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
