package io.millrace.rangetester;

import io.millrace.runtime.Environment;

/**
 * Settings of the range-tester.
 *
 * @param slots range tests at once, each on a thread of its own
 */
public record RangeTesterConfig(int slots) {
    private static final int MOST_SLOTS = 256;

    /** Reads {@code MILLRACE_RANGE_TESTER_SLOTS}; by default one. */
    public static RangeTesterConfig from(Environment env) {
        return new RangeTesterConfig(env.count("MILLRACE_RANGE_TESTER_SLOTS", 1, 1, MOST_SLOTS));
    }
}
