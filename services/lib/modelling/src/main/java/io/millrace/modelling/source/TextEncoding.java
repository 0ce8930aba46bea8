package io.millrace.modelling.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a text file are read.
 *
 * @param charset character set
 * @param bomBytes bytes of the byte order mark to skip
 */
record TextEncoding(Charset charset, int bomBytes) {
    /** What a file is in that is no UTF-8 and no UTF-16: covers ISO 8859-1 but for control characters. */
    static final TextEncoding WESTERN = new TextEncoding(Charset.forName("windows-1252"), 0);

    /** From a byte order mark, or from where the zero bytes are; UTF-8 until proven otherwise. */
    static TextEncoding detect(byte[] prefix) {
        if (startsWith(prefix, 0xef, 0xbb, 0xbf)) {
            return new TextEncoding(StandardCharsets.UTF_8, 3);
        }
        if (startsWith(prefix, 0xff, 0xfe)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        if (startsWith(prefix, 0xfe, 0xff)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2);
        }
        int[] zeros = new int[2];
        int looked = Math.min(prefix.length, 4096) & ~1;
        for (int i = 0; i < looked; i++) {
            zeros[i & 1] += prefix[i] == 0 ? 1 : 0;
        }
        // Mostly Latin text in UTF-16 has a zero in every other byte, and only there.
        if (looked >= 8 && zeros[1] > looked * 0.4 && zeros[0] == 0) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 0);
        }
        if (looked >= 8 && zeros[0] > looked * 0.4 && zeros[1] == 0) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 0);
        }
        return new TextEncoding(StandardCharsets.UTF_8, 0);
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /**
     * Whether decoded text is no text: zero characters, or more than one control character in 50. The substitute
     * character (0x1A) does not count; converters leave it where they met a letter they did not know.
     */
    static boolean looksBinary(String text) {
        long control = text.chars()
                .filter(c -> c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a)
                .count();
        return text.indexOf(0) >= 0 || control * 50 > text.length();
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
