package io.millrace.modelling.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a delimited text is written.
 *
 * @param delimiter between cells
 * @param quotes whether {@code "} quotes cells; false where quotes are just characters
 * @param preamble leading characters that belong to no row, such as Excel's {@code sep=;} line
 */
record Dialect(char delimiter, boolean quotes, int preamble) {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int MOST_RECORDS = 200;

    /**
     * The delimiter that cuts the first rows into the most columns the most evenly.
     *
     * @param prefix beginning of the text
     * @param whole whether that is all of it, so that its last row is complete
     * @param expected delimiter of earlier files, taken when it cuts the header at all
     */
    static Dialect detect(String prefix, boolean whole, Optional<Character> expected) {
        if (prefix.startsWith("sep=")
                && prefix.length() > 5
                && (prefix.charAt(5) == '\n' || prefix.charAt(5) == '\r')) {
            int line = prefix.startsWith("\r\n", 5) ? 7 : 6;
            return new Dialect(prefix.charAt(4), true, line);
        }
        if (expected.isPresent() && widths(prefix, whole, expected.get()).get(0) > 1) {
            return new Dialect(expected.get(), true, 0);
        }
        char best = ',';
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            double score = score(widths(prefix, whole, candidate));
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return new Dialect(best, true, 0);
    }

    Dialect withoutQuotes() {
        return new Dialect(delimiter, false, preamble);
    }

    private static double score(List<Integer> widths) {
        int columns = widths.get(0);
        long even = widths.stream().filter(w -> w == columns).count();
        return (double) even / widths.size() * (1 - 1.0 / columns);
    }

    /** Cells per row, quotes respected, blank lines left out. */
    private static List<Integer> widths(String text, boolean whole, char delimiter) {
        List<Integer> widths = new ArrayList<>();
        int width = 1;
        boolean quoted = false;
        boolean blank = true;
        for (int i = 0; i < text.length() && widths.size() < MOST_RECORDS; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                blank = false;
            } else if (!quoted && c == delimiter) {
                width++;
                blank = false;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (!blank) {
                    widths.add(width);
                }
                width = 1;
                blank = true;
            } else {
                blank = false;
            }
        }
        if (!blank && (whole || widths.isEmpty())) {
            widths.add(width);
        }
        return widths.isEmpty() ? List.of(1) : widths;
    }
}
