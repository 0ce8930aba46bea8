package io.millrace.planner.core;

import io.millrace.events.Cause;

/**
 * What a trial was made of another one for, and what it is measured against.
 *
 * @param cause the other trial, its problem and the cure
 * @param parentShortfall what the other trial's first look lacks to a perfect score
 */
public record Intervention(Cause cause, double parentShortfall) {
    /** Share of what the parent lacked that is no longer missing; negative where more is. */
    double gain(double shortfall) {
        return (parentShortfall - shortfall) / Math.max(1e-12, Math.abs(parentShortfall));
    }
}
