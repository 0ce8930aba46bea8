package io.millrace.planner.store;

/** Another transaction changed the run in between; nothing was stored, and the input should be tried again. */
final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConflictException(String runId) {
        super("the state of run " + runId + " was changed in between");
    }
}
