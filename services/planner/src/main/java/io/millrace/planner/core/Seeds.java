package io.millrace.planner.core;

/** Seeds that follow from the run's seed, what they are for, and a number. */
final class Seeds {
    private Seeds() {}

    /** SplitMix64's finalizer (Steele et al., OOPSLA 2014) over the parts; never negative. */
    static long of(long runSeed, String purpose, int number) {
        long z = runSeed * 0x9E3779B97F4A7C15L + purpose.hashCode() * 0xBF58476D1CE4E5B9L + number;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 1;
    }
}
