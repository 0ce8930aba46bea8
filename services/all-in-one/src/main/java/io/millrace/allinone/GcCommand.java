package io.millrace.allinone;

import io.millrace.database.Database;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.gateway.store.OldRuns;
import io.millrace.gateway.store.Projections;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Durations;
import io.millrace.runtime.Environment;
import io.millrace.runtime.PlatformConfig;
import io.millrace.runtime.Scratch;
import io.millrace.runtime.blob.BlobsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Forgets old runs now, which a running gateway does by itself every hour. */
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Removes what is left of runs that ended long ago, unless the latest model of a name came from them:"
                    + " data set, trials, checkpoints, models and rows.",
            "Data sets go, too, that were stored as long ago, a day at least, and never submitted.",
            "A running gateway does the same by itself every hour, with MILLRACE_GATEWAY_RUNS_KEPT (30 days)."
        })
final class GcCommand implements Callable<Integer> {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Data directory of a 'millrace up' that does not run now. Without it MILLRACE_DATABASE_* and"
                    + " MILLRACE_BLOBS say where everything is.")
    Path dataDirectory;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "720h",
            description = "How long ago a run must have ended (default: ${DEFAULT-VALUE}).")
    String olderThan;

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    boolean dryRun;

    @Override
    public Integer call() {
        Duration age = Durations.parse(olderThan);
        if (dataDirectory != null) {
            DataDirectory.requireUsed(dataDirectory);
            try (DataDirectory data = DataDirectory.open(dataDirectory);
                    EmbeddedDatabase server = EmbeddedDatabase.start(data.postgres())) {
                clear(
                        new DatabaseConfig(server.url(), server.user(), server.password()),
                        BlobsConfig.ofFolder(data.blobs()),
                        data.scratch(),
                        age);
            }
        } else {
            Environment env = new Environment(System.getenv());
            env.withPrefix("MILLRACE_");
            DatabaseConfig database = DatabaseConfig.from(env);
            BlobsConfig blobs = BlobsConfig.from(env);
            Path scratch = PlatformConfig.scratch(env);
            env.check();
            clear(database, blobs, scratch, age);
        }
        return 0;
    }

    private void clear(DatabaseConfig config, BlobsConfig store, Path base, Duration age) {
        try (Scratch scratch = Scratch.open(base, "gc");
                Database database = Database.open(config, Projections.SCHEMA);
                BlobStore blobs = store.open(scratch.folder())) {
            OldRuns old = new OldRuns(database, blobs);
            Instant now = Instant.now();
            List<String> runs = old.endedBefore(now.minus(age));
            runs.forEach(System.out::println);
            Map<String, List<String>> unsubmitted = old.neverSubmitted(now, age);
            unsubmitted.keySet().forEach(run -> System.out.println(run + "  stored, but never submitted"));
            int objects = dryRun
                    ? count(old.blobsOf(runs)) + count(unsubmitted)
                    : old.forget(runs) + old.forgetNeverSubmitted(now, age);
            System.out.println(
                    runs.size() + " runs and " + objects + " objects " + (dryRun ? "would be" : "were") + " removed");
        }
    }

    private static int count(Map<String, List<String>> keys) {
        return keys.values().stream().mapToInt(List::size).sum();
    }
}
