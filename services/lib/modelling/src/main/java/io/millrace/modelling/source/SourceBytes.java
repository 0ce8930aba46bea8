package io.millrace.modelling.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file, gunzipped where needed and bounded: whatever a file unpacks to may be {@value #MOST_RATIO} times its
 * size (64 MiB are always allowed), up to the limit of the settings. That holds for a gzip and for a table that is written
 * in fewer bytes than it has cells.
 */
final class SourceBytes {
    private static final long ALWAYS_ALLOWED = 64L << 20;
    private static final long MOST_RATIO = 200;
    private static final int BUFFER = 1 << 18;

    private final Path file;
    private final long most;
    private final long mostCells;
    private final boolean gzip;

    SourceBytes(Path file, SourceSettings settings) {
        this.file = file;
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw new UnreadableSourceException(
                        "empty-file",
                        "the file has 0 bytes",
                        "Send the file again; it may still have been being written.");
            }
            byte[] magic = start(2);
            this.gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
            long byRatio = Math.max(ALWAYS_ALLOWED, size * MOST_RATIO);
            this.mostCells = Math.min(settings.mostBytes(), byRatio);
            this.most = gzip ? mostCells : settings.mostBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean gzip() {
        return gzip;
    }

    /** Throws an {@link UnreadableSourceException} when a table has more cells than the file may unpack to, a byte for each. */
    void requireFewCells(long rows, long columns) {
        if (columns > 0 && rows > mostCells / columns) {
            throw new UnreadableSourceException(
                    "too-large",
                    "the file of few bytes has " + rows + " rows or more of " + columns + " cells",
                    "Leave columns out that are empty nearly everywhere, and rows that are empty.");
        }
    }

    /** A new stream from the beginning; use with {@link #guarded}. */
    InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        return new BoundedInputStream(gzip ? new GZIPInputStream(raw, BUFFER) : raw, most);
    }

    /** Up to {@code length} bytes from the beginning, unpacked. */
    byte[] prefix(int length) {
        return guarded(() -> {
            try (InputStream in = open()) {
                return in.readNBytes(length);
            }
        });
    }

    /** Runs a read and turns a broken gzip into words for the user. */
    <T> T guarded(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ZipException | EOFException e) {
            throw new UnreadableSourceException(
                    "broken-gzip",
                    "the gzip file is damaged or cut off: " + e.getMessage(),
                    "Compress and send the file again; check it with gzip -t.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] start(int length) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(length);
        }
    }

    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }
}
