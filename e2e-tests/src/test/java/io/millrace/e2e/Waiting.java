package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes bring about. */
final class Waiting {
    private static final long PAUSE_NANOS = 200_000_000;

    private Waiting() {}

    static void until(String what, Duration longest, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited %s for %s", longest, what)
                    .isNegative();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
