package io.millrace.runtime.work;

import java.time.Duration;

/**
 * How often an event is tried and how long a failed try waits before the record goes back.
 *
 * @param attempts tries in all, from 1
 * @param firstPause wait after the first failure; each further one waits four times as long
 * @param longestPause most that it waits
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
    private static final int GROWTH = 4;

    /** Five tries over about forty seconds: long enough for a store or a broker to come back. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(30));

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("at least one attempt is needed, not " + attempts);
        }
    }

    /** Wait after a failed delivery, counted from 1. */
    public Duration pauseAfter(int delivery) {
        Duration pause = firstPause;
        for (int i = 1; i < delivery && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(GROWTH);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
