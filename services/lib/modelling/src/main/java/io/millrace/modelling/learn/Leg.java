package io.millrace.modelling.learn;

import java.util.Map;
import java.util.Optional;

/**
 * The part of a training that a job does, where it is done in several. Whoever cannot pause does the whole.
 *
 * @param from parts of the checkpoint that the leg before ended with or left; empty for the first
 * @param pauseAfter epoch after which it ends with a checkpoint; absent for the last
 * @param savepoints where it leaves its state in between
 */
public record Leg(Map<String, byte[]> from, Optional<Integer> pauseAfter, Savepoints savepoints) {
    /** A training that is done at once. */
    public static final Leg WHOLE = new Leg(Map.of(), Optional.empty());

    public Leg {
        from = Map.copyOf(from);
    }

    /** A leg that leaves nothing but its end. */
    public Leg(Map<String, byte[]> from, Optional<Integer> pauseAfter) {
        this(from, pauseAfter, Savepoints.NONE);
    }
}
