package io.millrace.modelling.ensemble;

/** A cell of a CSV as RFC 4180 wants it. */
public final class CsvCell {
    private CsvCell() {}

    /** The text, in quotes where it holds a comma, a quote, a line break, or blanks at its ends. */
    public static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.equals(text.strip())
                && !text.isEmpty();
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
