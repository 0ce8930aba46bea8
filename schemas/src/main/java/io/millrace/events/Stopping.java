package io.millrace.events;

/** Whether a trial may end before its training is done because others were better at the same point. */
public enum Stopping {
    /** Every trial is trained to its end. */
    NONE,
    /** A median rule in the manner of Vizier (Golovin et al., KDD 2017). */
    MEDIAN
}
