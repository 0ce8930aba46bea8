package io.millrace.e2e.bench;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.runtime.Environment;
import io.millrace.runtime.OpenPlatform;
import io.millrace.runtime.Platform;
import io.millrace.runtime.PlatformConfig;
import java.nio.file.Path;
import java.util.Map;

/** A real broker, database and object store, and the platform that services get on them. */
record BenchPlatform(EmbeddedKafka kafka, EmbeddedDatabase database, Environment environment, OpenPlatform open)
        implements AutoCloseable {

    static BenchPlatform start(Path directory) {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"));
        Environment environment = new Environment(Map.of(
                // The broker ends with everybody else: nobody need give back or leave.
                "MILLRACE_DRAIN", "1s",
                "MILLRACE_LEAVE", "0s",
                "MILLRACE_KAFKA", kafka.bootstrapServers(),
                "MILLRACE_BLOBS", directory.resolve("blobs").toString(),
                "MILLRACE_DATABASE_URL", database.url(),
                "MILLRACE_DATABASE_USER", database.user(),
                "MILLRACE_DATABASE_PASSWORD", database.password(),
                "MILLRACE_SCRATCH", directory.resolve("scratch").toString(),
                "MILLRACE_GATEWAY_PORT", "0"));
        return new BenchPlatform(
                kafka, database, environment, OpenPlatform.open(PlatformConfig.from(environment), "bench"));
    }

    Platform platform() {
        return open.platform();
    }

    @Override
    public void close() {
        open.close();
        database.close();
        kafka.close();
    }
}
