package io.millrace.gateway.core;

import java.util.Locale;

/** Where a trial's highest rung is; ordered like {@link RunStatus}. */
public enum TrialStatus {
    REQUESTED,
    TRAINED,
    FAILED,
    EVALUATED;

    /** Name in answers, such as {@code evaluated}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
