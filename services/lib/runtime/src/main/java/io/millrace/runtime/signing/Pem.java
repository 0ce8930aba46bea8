package io.millrace.runtime.signing;

import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Blocks of PEM text (RFC 7468). */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** The contents of every block with a label; throws an IllegalArgumentException where one is no base64. */
    static List<byte[]> blocks(String text, String label) {
        Pattern block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----");
        return block.matcher(text)
                .results()
                .map((MatchResult found) -> Base64.getMimeDecoder().decode(found.group(1)))
                .toList();
    }

    static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(content) + "\n-----END " + label + "-----\n";
    }
}
