package io.millrace.allinone;

import io.millrace.embedded.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the all-in-one keeps its state, used by one process at a time. */
final class DataDirectory implements AutoCloseable {
    private static final String BLOBS = "blobs";

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

    /**
     * Throws an IllegalArgumentException where nobody kept anything yet. Commands that look after what is there must not begin
     * something new in a folder whose name was mistyped, and report that there is nothing to do.
     */
    static void requireUsed(Path root) {
        if (!Files.isDirectory(root.resolve(BLOBS))) {
            throw new IllegalArgumentException(root + " is no data directory of 'millrace up': it holds no " + BLOBS);
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
        return root.resolve(BLOBS);
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
