package io.millrace.planner.core;

/** Where a run stands, as the planner sees it. */
public enum Phase {
    /** Trials are being handed out. */
    SEARCHING,
    /** The search handed over to the ensemble; later results are ignored. */
    COMPLETED,
    /** The planner gave up. */
    FAILED,
    /** A model was published, or another station gave up. */
    ENDED
}
