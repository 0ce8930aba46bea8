package io.millrace.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL server beneath this process, on the loopback interface only. Its data directory keeps everything over
 * restarts; a server that a killed process left running there is stopped first. Not registered with the JVM's shutdown:
 * who starts it closes it, after those who use it.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final DirectoryLock lock;

    private EmbeddedDatabase(EmbeddedPostgres postgres, DirectoryLock lock) {
        this.postgres = postgres;
        this.lock = lock;
    }

    /**
     * Starts on the port that this data directory had before where that is free, else on any free one; returns when
     * connections are accepted.
     *
     * @param dataDirectory where everything is kept; made when absent
     * @throws IllegalStateException when the directory is in use or the server cannot start
     */
    public static EmbeddedDatabase start(Path dataDirectory) {
        return start(dataDirectory, Map.of());
    }

    /** The same with further settings of the server, such as those of its security; they are stronger than its own. */
    public static EmbeddedDatabase start(Path dataDirectory, Map<String, String> settings) {
        try {
            DirectoryLock lock = DirectoryLock.take(dataDirectory);
            try {
                return start(dataDirectory.toAbsolutePath(), settings, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the embedded PostgreSQL could not start; its own words are in "
                            + dataDirectory.resolve("postgres.log"),
                    e);
        }
    }

    private static EmbeddedDatabase start(Path directory, Map<String, String> settings, DirectoryLock lock)
            throws IOException {
        Path cluster = directory.resolve("cluster");
        Path complete = directory.resolve("complete");
        if (Files.exists(cluster)) {
            OrphanedServer.stop(cluster);
            if (!Files.exists(complete)) {
                // A process that died inside initdb left half a cluster; nothing was ever stored in it.
                removeTree(cluster);
            }
        }
        Path log = directory.resolve("postgres.log");
        Files.deleteIfExists(log);
        EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(binaries().toFile())
                .setPGStartupWait(START_LIMIT)
                .setPort(LoopbackPorts.remembered(directory.resolve("port")))
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "")
                // The server syncs nothing to the disk (it runs with -F), but a commit leaves its memory at once, so
                // that a killed server loses none.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "60");
        settings.forEach(server::setServerConfig);
        EmbeddedPostgres postgres = server.start();
        Files.write(complete, List.of());
        return new EmbeddedDatabase(postgres, lock);
    }

    /** The server's programs, unpacked once per user rather than once per data directory: that takes seconds. */
    private static Path binaries() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("millrace").resolve("postgres");
    }

    private static void removeTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** JDBC url, complete but for the user. */
    public String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    public String user() {
        return USER;
    }

    /** Empty: whoever reaches the loopback interface is trusted. */
    public String password() {
        return "";
    }

    @Override
    public void close() {
        try {
            postgres.close();
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL could not be closed", e);
        }
    }
}
