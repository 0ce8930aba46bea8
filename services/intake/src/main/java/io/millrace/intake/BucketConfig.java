package io.millrace.intake;

import io.millrace.runtime.Environment;
import io.millrace.runtime.blob.BlobsConfig.S3Access;
import io.millrace.runtime.blob.S3Bucket;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket that is an inbox.
 *
 * @param location {@code s3://bucket/prefix}
 * @param access how to reach the store
 * @param every pause between two looks into it
 * @param events topic of the bucket's notifications; absent where it sends none
 */
public record BucketConfig(String location, S3Access access, Duration every, Optional<String> events) {
    /** Without a word, a bucket is looked into this often. */
    public static final Duration DEFAULT_EVERY = Duration.ofSeconds(5);

    /** Reads {@code MILLRACE_INTAKE_BUCKET}, {@code _EVERY} and {@code _EVENTS}; empty without the first. */
    static Optional<BucketConfig> from(Environment env) {
        S3Access access = S3Access.from(env);
        Duration every = env.duration("MILLRACE_INTAKE_BUCKET_EVERY", DEFAULT_EVERY);
        Optional<String> events = env.optional("MILLRACE_INTAKE_BUCKET_EVENTS");
        return env.parsed("MILLRACE_INTAKE_BUCKET", Optional.empty(), "s3://bucket or s3://bucket/prefix", location -> {
            if (!location.startsWith("s3://")) {
                throw new IllegalArgumentException("no bucket");
            }
            S3Bucket.requirePlace(location);
            return Optional.of(new BucketConfig(location, access, every, events));
        });
    }
}
