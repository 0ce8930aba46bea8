package io.millrace.runtime;

import io.millrace.events.BlobRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Object store: a folder, S3, or memory in tests; all pass {@code BlobStoreContract}. Keys are relative paths of
 * letters, digits, {@code . _ - /} without empty or dot segments; anything else is refused with an
 * IllegalArgumentException. Failures to reach the store are {@link EventHandlingException}s of kind RETRYABLE; a blob
 * that is missing or whose sha256 differs is one of kind POISON.
 */
public interface BlobStore extends AutoCloseable {
    /** Stores bytes under a key, replacing what is there. */
    BlobRef put(String key, byte[] content);

    /** Stores a file under a key, replacing what is there. */
    default BlobRef put(String key, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return put(key, in);
        } catch (IOException e) {
            throw new EventHandlingException(
                    EventHandlingException.Kind.RETRYABLE,
                    "the file " + file + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** Stores a stream of unknown length under a key, replacing what is there. Never holds it in memory. */
    BlobRef put(String key, InputStream content);

    /** Stores bytes unless the key exists; the result refers to whatever is there now. The one fence between two workers. */
    Claim putIfAbsent(String key, byte[] content);

    /**
     * Outcome of a conditional put: what is stored now, and whether that is what was offered. Who offers the same again wins
     * again: a put whose answer was lost is tried again by the store's client and must not lose against itself.
     */
    record Claim(BlobRef stored, boolean won) {
        public static Claim of(BlobRef offered, BlobRef stored) {
            return new Claim(stored, stored.equals(offered));
        }
    }

    /** What is stored under a key, if anything. Hashes it, so meant for small objects. */
    Optional<byte[]> find(String key);

    /** Reads and verifies. */
    byte[] read(BlobRef ref);

    /** Copies to a file and verifies; the file is complete or absent. */
    void download(BlobRef ref, Path target);

    /** Keys that begin with a prefix, sorted. */
    List<String> list(String prefix);

    /** When what lies under a key was stored, by the store's clock; empty where there is nothing. */
    Optional<Instant> storedAt(String key);

    /** Removes a key; nothing happens where there is none. */
    void delete(String key);

    @Override
    void close();
}
