package io.millrace.e2e.bench;

import java.util.Collection;

/** Times, sorted. */
final class Percentiles {
    private static final double NANOS_PER_MILLI = 1e6;
    private final long[] nanos;

    Percentiles(Collection<Long> nanos) {
        this.nanos = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** Milliseconds that a share of the times does not exceed. */
    double millis(double share) {
        int rank = (int) Math.ceil(share * nanos.length);
        return nanos[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }

    @Override
    public String toString() {
        return String.format(
                "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms of %d",
                millis(.5), millis(.95), millis(.99), millis(1), nanos.length);
    }
}
