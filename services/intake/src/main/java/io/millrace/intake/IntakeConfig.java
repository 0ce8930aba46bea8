package io.millrace.intake;

import io.millrace.runtime.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What intake is told.
 *
 * @param inbox folder that is watched; absent when data sets come by topic only
 * @param settle how long a file must not change before it counts as whole
 * @param bucket bucket that is watched; absent when there is none
 * @param incomingKept how long pieces wait for their end, by the time of their records
 */
public record IntakeConfig(
        Optional<Path> inbox, Duration settle, Optional<BucketConfig> bucket, Duration incomingKept) {
    /** Without a word, a file is whole after this long. */
    public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(1);

    /** As long as Kafka keeps a record by default. */
    public static final Duration DEFAULT_INCOMING_KEPT = Duration.ofDays(7);

    /** Reads the {@code MILLRACE_INTAKE_*} variables. */
    public static IntakeConfig from(Environment env) {
        return new IntakeConfig(
                env.parsed("MILLRACE_INTAKE_INBOX", Optional.empty(), "a folder", v -> Optional.of(Path.of(v))),
                env.duration("MILLRACE_INTAKE_SETTLE", DEFAULT_SETTLE),
                BucketConfig.from(env),
                env.duration("MILLRACE_INTAKE_INCOMING_KEPT", DEFAULT_INCOMING_KEPT));
    }
}
