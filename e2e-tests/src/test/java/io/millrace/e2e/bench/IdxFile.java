package io.millrace.e2e.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Bytes in the IDX format of the MNIST files, gzipped: a magic number whose last byte tells how many sizes follow, the sizes, the bytes
 * (LeCun, Cortes and Burges, "The MNIST database of handwritten digits").
 *
 * @param items how many there are, the first size
 * @param values the product of the other sizes: bytes per item
 * @param bytes items x values
 */
record IdxFile(int items, int values, byte[] bytes) {
    private static final int UNSIGNED_BYTES = 8;

    static IdxFile read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
            int magic = in.readInt();
            if (magic >> 8 != UNSIGNED_BYTES) {
                throw new IOException(file + " has no unsigned bytes in the IDX format");
            }
            int items = in.readInt();
            int values = 1;
            for (int size = 1; size < (magic & 0xff); size++) {
                values *= in.readInt();
            }
            byte[] bytes = new byte[items * values];
            in.readFully(bytes);
            return new IdxFile(items, values, bytes);
        }
    }

    /** A byte, 0 to 255. */
    int get(int item, int value) {
        return bytes[item * values + value] & 0xff;
    }
}
