package io.millrace.e2e;

import io.millrace.embedded.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of the PostgreSQL that the machine has, with its own {@code pg_dump}; the embedded one comes without. */
final class InstalledPostgres implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "millrace";
    private static final String DATABASE = "millrace";

    private final Path bin;
    private final Path folder;
    private final int port;

    private InstalledPostgres(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /** Where the programs of the newest server are. */
    static Optional<Path> bin() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Stream.of("initdb", "pg_ctl", "pg_dump", "pg_restore", "createdb")
                            .allMatch(program -> Files.isExecutable(bin.resolve(program))))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one with an empty database, reached over loopback. */
    static InstalledPostgres start(Path folder) throws Exception {
        Files.createDirectories(folder);
        int port = LoopbackPorts.free();
        InstalledPostgres server = new InstalledPostgres(bin().orElseThrow(), folder, port);
        server.run("initdb", "-D", "data", "-U", USER, "-A", "trust", "--no-sync");
        server.run(
                "pg_ctl",
                "-D",
                "data",
                "-w",
                "-l",
                "log",
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
                "start");
        server.run("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER, DATABASE);
        return server;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    String user() {
        return USER;
    }

    void dump(Path file) throws Exception {
        run(
                "pg_dump",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                USER,
                "-Fc",
                "-f",
                file.toString(),
                DATABASE);
    }

    void restore(Path file) throws Exception {
        run(
                "pg_restore",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                USER,
                "-d",
                DATABASE,
                "--clean",
                "--if-exists",
                file.toString());
    }

    /** The server refuses to be root's, so that there it runs in a user namespace of its own. */
    private void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Tools.run(folder, command.toArray(String[]::new));
    }

    @Override
    public void close() {
        try {
            run("pg_ctl", "-D", "data", "-w", "-m", "fast", "stop");
        } catch (Exception e) {
            throw new IllegalStateException("the server on " + folder + " does not stop", e);
        }
    }
}
