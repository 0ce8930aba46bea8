package io.millrace.allinone;

import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Environment;
import io.millrace.runtime.PlatformConfig;
import io.millrace.runtime.Scratch;
import io.millrace.runtime.kafka.DeadLetterQueues;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which services a command looks after: those of a running {@code millrace up}, or those that the variables lead to. */
final class ClusterOptions {
    private static final String BROKER_OF_UP = "127.0.0.1:9092";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = {
                "Data directory of a running 'millrace up', whose broker is " + BROKER_OF_UP + " unless"
                        + " MILLRACE_KAFKA says otherwise.",
                "Without it MILLRACE_KAFKA and MILLRACE_BLOBS say where everything is, as for the services."
            })
    Path dataDirectory;

    /** The way to a cluster and its object store. */
    record Cluster(DeadLetterQueues deadLetters, BlobStore blobs, Scratch scratch) implements AutoCloseable {
        @Override
        public void close() {
            deadLetters.close();
            blobs.close();
            scratch.close();
        }
    }

    Cluster open() {
        return open(System.getenv());
    }

    Cluster open(Map<String, String> given) {
        Map<String, String> variables = new TreeMap<>(given);
        if (dataDirectory != null) {
            DataDirectory.requireUsed(dataDirectory);
            variables.putIfAbsent("MILLRACE_KAFKA", BROKER_OF_UP);
            variables.put("MILLRACE_BLOBS", dataDirectory.resolve("blobs").toString());
        } else if (!variables.containsKey("MILLRACE_KAFKA") && !variables.containsKey("MILLRACE_BLOBS")) {
            throw new IllegalArgumentException("name the data directory of a running 'millrace up' with --data-dir,"
                    + " or set MILLRACE_KAFKA and MILLRACE_BLOBS as for the services");
        }
        Environment env = new Environment(variables);
        // The variables of services are no business of this command, and no mistake.
        env.withPrefix("MILLRACE_");
        PlatformConfig config = PlatformConfig.from(env);
        env.check();
        Scratch scratch = Scratch.open(config.scratch(), "dlq");
        try {
            BlobStore blobs = config.blobs().open(scratch.folder());
            return new Cluster(new DeadLetterQueues(config.kafka(), blobs), blobs, scratch);
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }
}
