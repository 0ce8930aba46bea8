package io.millrace.allinone;

import io.millrace.embedded.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Where the all-in-one keeps its state, used by one process at a time. */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final DirectoryLock lock;

    private DataDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Creates the folder where needed and locks it; throws an IllegalStateException when another process has it. */
    static DataDirectory open(Path root) {
        try {
            return new DataDirectory(root, DirectoryLock.take(root));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "another millrace works in " + root + "; stop it, or choose another folder with --data-dir", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + " as data directory: " + e.getMessage(), e);
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
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
