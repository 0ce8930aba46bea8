package io.millrace.trainer;

import io.millrace.runtime.Environment;
import java.time.Duration;

/**
 * Settings of the trainer.
 *
 * @param slots trials at once, each on one thread of its own
 * @param checkpointAfter processor time of a fold from which on it is stored for a worker that has to take over
 * @param checkpointEvery time after which a fold that still trains is stored again
 */
public record TrainerConfig(int slots, Duration checkpointAfter, Duration checkpointEvery) {
    private static final int MOST_SLOTS = 256;
    private static final Duration CHECKPOINT_AFTER = Duration.ofSeconds(2);
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

    /** Reads {@code MILLRACE_TRAINER_*}. */
    public static TrainerConfig from(Environment environment) {
        int processors = Math.min(MOST_SLOTS, Runtime.getRuntime().availableProcessors());
        return new TrainerConfig(
                environment.count("MILLRACE_TRAINER_SLOTS", processors, 1, MOST_SLOTS),
                environment.duration("MILLRACE_TRAINER_CHECKPOINT_AFTER", CHECKPOINT_AFTER),
                environment.duration("MILLRACE_TRAINER_CHECKPOINT_EVERY", CHECKPOINT_EVERY));
    }
}
