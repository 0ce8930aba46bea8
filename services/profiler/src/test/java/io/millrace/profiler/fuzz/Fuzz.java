package io.millrace.profiler.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Runs a check over and over, each time with a random generator of its own and in every build with others. {@code
 * -Dmillrace.fuzz.seed}, {@code .first} and {@code .iterations} choose them; a failure says which to replay it with.
 */
final class Fuzz {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Against hanging; the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long MOST_BYTES = 512L << 20;
    private static final long SEED =
            Long.getLong("millrace.fuzz.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    private static final int FIRST = Integer.getInteger("millrace.fuzz.first", 0);

    private Fuzz() {}

    /** One try. */
    @FunctionalInterface
    interface Check {
        void run(RandomGenerator random) throws Exception;
    }

    /** Fails when a try throws, hangs, or allocates more than 512 MiB. */
    static void run(int standardIterations, Check check) {
        int iterations = Integer.getInteger("millrace.fuzz.iterations", standardIterations);
        for (int i = FIRST; i < FIRST + iterations; i++) {
            RandomGenerator random = new SplittableRandom(SEED * 1_000_003 + i);
            try {
                assertTimeoutPreemptively(PATIENCE, () -> bounded(check, random));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "try " + i + " failed; replay it with -Dmillrace.fuzz.seed=" + SEED + " -Dmillrace.fuzz.first="
                                + i + " -Dmillrace.fuzz.iterations=1",
                        e);
            }
        }
    }

    private static void bounded(Check check, RandomGenerator random) throws Exception {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        check.run(random);
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        if (allocated > MOST_BYTES) {
            throw new AssertionError("it allocated " + (allocated >> 20) + " MiB");
        }
    }
}
