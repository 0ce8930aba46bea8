package io.millrace.modelling.ensemble;

import java.util.regex.Pattern;

/**
 * A cell of a CSV as RFC 4180 wants it, and harmless to a spreadsheet: a text that it would take for a formula gets an
 * apostrophe in front, as OWASP advises against CSV injection. Numbers stay as they are.
 */
public final class CsvCell {
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?");
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private CsvCell() {}

    /** The text, in quotes where it holds a comma, a quote, a line break, or blanks at its ends. */
    public static String quoted(String text) {
        String safe = looksLikeFormula(text) ? '\'' + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && safe.equals(safe.strip())
                && !safe.isEmpty();
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static boolean looksLikeFormula(String text) {
        return !text.isEmpty()
                && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
    }
}
