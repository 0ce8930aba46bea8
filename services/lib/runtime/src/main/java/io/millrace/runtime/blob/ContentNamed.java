package io.millrace.runtime.blob;

import io.millrace.events.BlobRef;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Blobs whose keys carry the beginning of their hash. A second worker on the same event, with another outcome, then
 * never replaces what a published event refers to.
 *
 * @param blobs where they lie
 */
public record ContentNamed(BlobStore blobs) {
    private static final int SHORT = 12;

    /** Stores bytes under {@code prefix + hash + suffix}. */
    public BlobRef put(String prefix, byte[] content, String suffix) {
        return blobs.put(key(prefix, Digest.of(content), suffix), content);
    }

    /** Stores a file under {@code prefix + hash + suffix}. */
    public BlobRef put(String prefix, Path file, String suffix) {
        try {
            return blobs.put(key(prefix, Digest.of(file), suffix), file);
        } catch (IOException e) {
            throw new EventHandlingException(
                    Kind.RETRYABLE, "the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String key(String prefix, Digest digest, String suffix) {
        return prefix + digest.sha256().substring(0, SHORT) + suffix;
    }
}
