package io.millrace.events;

import java.util.Locale;
import java.util.Optional;

/** Why a training ended, as {@code stoppedBy} of curves, events and the leaderboard tells it; the later, the worse. */
public enum TrainingEnd {
    /** Every step was made. */
    COMPLETED,
    /** New rows got no better for the configuration's patience. */
    PATIENCE,
    /** It paused at a rung of successive halving (see {@link Rungs}), from where it can go on. */
    HALVING,
    /** Others were better at the same point, and a {@link StopRule} ended it. */
    MEDIAN,
    /** The time was over. */
    DEADLINE,
    /** The loss was no number any more. */
    DIVERGED;

    /** Whether a training that tells this ended so. */
    public boolean is(String stoppedBy) {
        return wireName().equals(stoppedBy);
    }

    /** The same of what may not tell. */
    public boolean ended(Optional<String> stoppedBy) {
        return stoppedBy.filter(this::is).isPresent();
    }

    /** What curves and events say. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
