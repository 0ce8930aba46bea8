package io.millrace.modelling.encode;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Words of a text: lower-cased runs of letters and digits, and pairs of neighbours. */
final class Tokens {
    /** Words beyond this are not read. */
    private static final int MOST_WORDS = 400;

    private Tokens() {}

    /** How often each word and each pair of neighbouring words occurs. */
    static Map<String, Integer> count(String text) {
        Map<String, Integer> counts = new HashMap<>();
        String lower = text.toLowerCase(Locale.ROOT);
        String previous = null;
        int words = 0;
        int at = 0;
        while (at < lower.length() && words < MOST_WORDS) {
            int end = at;
            while (end < lower.length() && Character.isLetterOrDigit(lower.charAt(end))) {
                end++;
            }
            if (end > at) {
                String word = lower.substring(at, end);
                counts.merge(word, 1, Integer::sum);
                if (previous != null) {
                    counts.merge(previous + ' ' + word, 1, Integer::sum);
                }
                previous = word;
                words++;
            }
            at = end + 1;
        }
        return counts;
    }
}
