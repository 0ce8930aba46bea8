package io.millrace.e2e.bench;

import java.util.HashMap;
import java.util.Map;

/** How long slots have been at work in all, the work under way included. */
final class BusyTime {
    private record Piece(long start, long nanos) {}

    private final Map<Thread, Piece> begun = new HashMap<>();
    private long endedNanos;
    private long ended;

    /** @param nanos how long this thread's work takes by itself; what it takes longer is no work */
    synchronized void begin(long nanos) {
        begun.put(Thread.currentThread(), new Piece(System.nanoTime(), nanos));
    }

    synchronized void end() {
        endedNanos += begun.remove(Thread.currentThread()).nanos();
        ended++;
    }

    /** What was done until now. */
    synchronized Reading read() {
        long now = System.nanoTime();
        long busy = endedNanos
                + begun.values().stream()
                        .mapToLong(piece -> Math.min(piece.nanos(), now - piece.start()))
                        .sum();
        return new Reading(now, busy, ended);
    }

    /**
     * A moment and what had been done by then.
     *
     * @param at {@link System#nanoTime}
     * @param busyNanos summed over slots
     * @param ended pieces of work
     */
    record Reading(long at, long busyNanos, long ended) {
        /** Share of so many slots' time that was work since an earlier reading, 0 to 1. */
        double utilisation(Reading before, int slots) {
            return (double) (busyNanos - before.busyNanos) / (at - before.at) / slots;
        }

        /** Pieces of work that ended per second since an earlier reading. */
        double rate(Reading before) {
            return (ended - before.ended) * 1e9 / (at - before.at);
        }
    }
}
