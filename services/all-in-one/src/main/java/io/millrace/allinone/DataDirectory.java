package io.millrace.allinone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where the all-in-one keeps its state, locked by one process at a time. The lock belongs to the process, so that a
 * kill leaves none behind.
 */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /** Creates the folder where needed and locks it; throws an IllegalStateException when another process has it. */
    static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new IllegalStateException(
                        "another millrace works in " + root + "; stop it, or choose another folder with --data-dir");
            }
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + " as data directory: " + e.getMessage(), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path scratch() {
        return root.resolve("scratch");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
