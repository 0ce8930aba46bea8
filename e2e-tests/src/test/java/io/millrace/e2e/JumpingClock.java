package io.millrace.e2e;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The true time until it is told to jump. */
final class JumpingClock extends Clock {
    private final Queue<Duration> jumps;
    private volatile Duration ahead = Duration.ZERO;

    /** With what the clock is ahead of the true time after each jump. */
    JumpingClock(List<Duration> jumps) {
        this.jumps = new ConcurrentLinkedQueue<>(jumps);
    }

    /** Jumps, if a jump is left. */
    void jump() {
        Duration next = jumps.poll();
        if (next != null) {
            ahead = next;
        }
    }

    int jumpsLeft() {
        return jumps.size();
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants have no zone");
    }
}
