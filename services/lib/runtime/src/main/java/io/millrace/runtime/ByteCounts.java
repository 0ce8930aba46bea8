package io.millrace.runtime;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 1048576}, {@code 64KiB}, {@code 500MiB}, {@code 2GiB}. */
final class ByteCounts {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(b|kib|mib|gib)?");

    private ByteCounts() {}

    /** Parses; throws an IllegalArgumentException that shows the expected form. */
    static long parse(String text) {
        Matcher m = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size; write 1048576, 64KiB, 500MiB or 2GiB");
        }
        int shift =
                switch (m.group(2) == null ? "b" : m.group(2)) {
                    case "kib" -> 10;
                    case "mib" -> 20;
                    case "gib" -> 30;
                    default -> 0;
                };
        return Math.multiplyExact(Long.parseLong(m.group(1)), 1L << shift);
    }
}
