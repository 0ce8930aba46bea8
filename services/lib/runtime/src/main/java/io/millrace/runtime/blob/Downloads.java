package io.millrace.runtime.blob;

import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Consumer;

/** Files that are complete or absent. */
public final class Downloads {
    private Downloads() {}

    /** Lets the source write to a file beside the target and moves it there when the source did not throw. */
    public static void complete(Path target, Consumer<OutputStream> source) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(absolute.getParent());
            try (OutputStream out = Files.newOutputStream(temporary)) {
                source.accept(out);
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EventHandlingException(
                    Kind.RETRYABLE, "the file " + target + " cannot be written: " + e.getMessage(), e);
        } finally {
            discard(temporary);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new EventHandlingException(Kind.RETRYABLE, "the file " + temporary + " cannot be removed", e);
        }
    }
}
