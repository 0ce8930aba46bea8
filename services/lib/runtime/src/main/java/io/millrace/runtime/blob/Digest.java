package io.millrace.runtime.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hash and size of content.
 *
 * @param sha256 lower-case hex
 * @param bytes size
 */
public record Digest(String sha256, long bytes) {
    private static final int BUFFER = 64 * 1024;

    /** Of bytes in memory. */
    public static Digest of(byte[] content) {
        return new Digest(HexFormat.of().formatHex(hash().digest(content)), content.length);
    }

    /** Of a file. */
    public static Digest of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream());
        }
    }

    /** Copies a stream to its end and digests what passes. Closes neither. */
    public static Digest copy(InputStream from, OutputStream to) throws IOException {
        return copy(from, to, Long.MAX_VALUE);
    }

    /** The same, but stops soon after more than {@code most} bytes have passed: what is longer than it should be is wrong anyway. */
    static Digest copy(InputStream from, OutputStream to, long most) throws IOException {
        MessageDigest sha256 = hash();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int n = from.read(buffer); n >= 0 && bytes <= most; n = from.read(buffer)) {
            sha256.update(buffer, 0, n);
            to.write(buffer, 0, n);
            bytes += n;
        }
        return new Digest(HexFormat.of().formatHex(sha256.digest()), bytes);
    }

    private static MessageDigest hash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
