package io.millrace.allinone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A data directory and the platform on it, for the length of a command. Ctrl-C and SIGTERM close it too and interrupt the
 * command's thread, so that no process, port or lock stays behind; a temporary directory is removed.
 */
final class LocalSession implements AutoCloseable {
    private final DataDirectory data;
    private final Optional<Path> temporary;
    private final Thread hook = new Thread(this::interrupted, "millrace-shutdown");
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile LocalPlatform platform;
    private volatile Optional<Thread> command = Optional.empty();
    private boolean released;

    private LocalSession(DataDirectory data, Optional<Path> temporary) {
        this.data = data;
        this.temporary = temporary;
    }

    /**
     * Opens a session and starts everything.
     *
     * @param dataDirectory where state is kept; a temporary folder when absent
     * @param kafkaPort port of the broker, or 0 for a free one
     * @param scorer whether there is one
     * @param variables {@code MILLRACE_*} variables for the services
     */
    static LocalSession open(Optional<Path> dataDirectory, int kafkaPort, boolean scorer, Map<String, String> variables)
            throws InterruptedException {
        CompilerDirectives.add();
        Optional<Path> temporary = dataDirectory.isPresent() ? Optional.empty() : Optional.of(temporaryFolder());
        LocalSession session = new LocalSession(
                DataDirectory.open(dataDirectory.or(() -> temporary).orElseThrow()), temporary);
        Runtime.getRuntime().addShutdownHook(session.hook);
        session.platform = new LocalPlatform(temporary.isPresent());
        try {
            session.platform.start(session.data, kafkaPort, scorer, variables);
        } catch (RuntimeException | InterruptedException e) {
            session.close();
            throw e;
        }
        session.command = Optional.of(Thread.currentThread());
        return session;
    }

    DataDirectory data() {
        return data;
    }

    LocalPlatform platform() {
        return platform;
    }

    @Override
    public void close() {
        if (ending.getAndSet(true)) {
            return; // the JVM is going down, and the hook closes
        }
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // a signal came meanwhile; the hook waits for this thread's release
        }
    }

    /** What a signal has the JVM do; it ends when this returns. */
    private void interrupted() {
        if (ending.getAndSet(true)) {
            release();
            return;
        }
        // Whatever the command draws would stand over what is said here.
        command.ifPresent(Thread::interrupt);
        System.err.println("\nmillrace: stopping ...");
        release();
        System.err.println(
                temporary.isPresent()
                        ? "millrace: stopped, and nothing was kept; with --data-dir DIR a run can go on later"
                        : "millrace: stopped; the next start with --data-dir " + data.root()
                                + " goes on with what was under way");
    }

    /** Closes everything, once; whoever calls next waits for that. */
    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        if (platform != null) {
            platform.close();
        }
        data.close();
        temporary.ifPresent(LocalSession::remove);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("millrace-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder; name one with --data-dir", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + folder, e);
        }
    }
}
