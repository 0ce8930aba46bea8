package io.millrace.runtime.blob;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A tree of files to which other processes add and from which they remove at the same time. */
final class ChangingTree {
    /** Each is lost to somebody who just then removes a folder as empty. */
    private static final int PLACING_TRIES = 20;

    private ChangingTree() {}

    /** Regular files of the tree; what vanishes meanwhile is passed over. */
    static List<Path> files(Path start) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return files;
    }

    /** Puts a file where it belongs; may be done again. */
    @FunctionalInterface
    interface Placing<T> {
        T place() throws IOException;
    }

    /** Makes the folder of a file and does something there, again where the folder was removed in between. */
    static <T> T inFolderOf(Path file, Placing<T> placing) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Files.createDirectories(file.getParent());
                return placing.place();
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                if (tries == PLACING_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Removes a folder and those above it as far as they are empty and below the top. */
    static void removeEmpty(Path folder, Path top) throws IOException {
        try {
            for (Path empty = folder; !empty.equals(top); empty = empty.getParent()) {
                Files.deleteIfExists(empty);
            }
        } catch (DirectoryNotEmptyException e) {
            // Something else lies there.
        }
    }

    /** Removes the files that nobody has written to for so long. */
    static void removeUntouched(Path start, Duration age) throws IOException {
        FileTime oldest = FileTime.from(Instant.now().minus(age));
        for (Path file : files(start)) {
            try {
                if (Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                // Its writer has ended, or another process removes the same.
            }
        }
    }
}
