package io.millrace.modelling.learn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Named parts as a zip, byte for byte the same for the same parts. A trial's fold models lie under {@code fold-0/},
 * {@code fold-1/}..., numbered by fold.
 */
public final class PartsArchive {
    private static final long MOST_BYTES = 2L << 30;

    private PartsArchive() {}

    /** Packs parts, sorted by name, without time stamps. */
    public static byte[] pack(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // Folds are packed while others wait to be trained: trees take a quarter of the usual effort's time and a
            // quarter more
            // room.
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, byte[]> part : new TreeMap<>(parts).entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the archive must not depend on the clock
                zip.putNextEntry(entry);
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Unpacks; throws an IllegalArgumentException for what is no archive or unpacks to more than 2 GiB. */
    public static Map<String, byte[]> unpack(byte[] archive) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        long left = MOST_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
                left -= content.length;
                if (left < 0) {
                    throw new IllegalArgumentException("the archive unpacks to more than 2 GiB");
                }
                parts.put(entry.getName(), content);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not a model archive: " + e.getMessage(), e);
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("not a model archive: it has no parts");
        }
        return parts;
    }

    /** The parts under a prefix such as {@code fold-0/}, without it. */
    public static Map<String, byte[]> under(String prefix, Map<String, byte[]> parts) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        parts.forEach((name, content) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), content);
            }
        });
        return found;
    }
}
