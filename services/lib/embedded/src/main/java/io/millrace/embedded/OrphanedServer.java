package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server that outlived the process that started it, found through the pid file of its cluster. */
final class OrphanedServer {
    private static final long PATIENCE_SECONDS = 10;

    private OrphanedServer() {}

    /** Stops the server that runs on a cluster, if one does, and removes the pid file of one that does not. */
    static void stop(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> server = recorded(pidFile).filter(OrphanedServer::isPostgres);
        if (server.isPresent()) {
            stop(server.get());
        }
        // The cluster is locked by this process and its server is gone: the file can only be stale.
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> recorded(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    }

    /** The number may have gone to another program since; that one is left alone. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    private static void stop(ProcessHandle server) throws IOException {
        server.destroy();
        if (!exited(server)) {
            server.destroyForcibly();
            if (!exited(server)) {
                throw new IOException("a PostgreSQL server (process " + server.pid()
                        + ") still runs on this data directory and does not stop; end it and start again");
            }
        }
    }

    private static boolean exited(ProcessHandle server) throws IOException {
        try {
            server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("waiting for process " + server.pid() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a PostgreSQL server stopped", e);
        }
    }
}
