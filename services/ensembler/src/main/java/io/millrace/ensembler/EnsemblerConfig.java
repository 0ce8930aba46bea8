package io.millrace.ensembler;

import io.millrace.runtime.Environment;
import java.time.Duration;

/**
 * Settings of the ensembler.
 *
 * @param slots ensembles built at once
 * @param reserve time before the run's deadline that is left to pack and publish: optional steps stop there; they have as long again
 *     where the search ended late
 */
public record EnsemblerConfig(int slots, Duration reserve) {
    private static final int MOST_SLOTS = 16;

    /** Reads {@code MILLRACE_ENSEMBLER_SLOTS} (1) and {@code MILLRACE_ENSEMBLER_RESERVE} (1s). */
    public static EnsemblerConfig from(Environment env) {
        return new EnsemblerConfig(
                env.count("MILLRACE_ENSEMBLER_SLOTS", 1, 1, MOST_SLOTS),
                env.duration("MILLRACE_ENSEMBLER_RESERVE", Duration.ofSeconds(1)));
    }
}
