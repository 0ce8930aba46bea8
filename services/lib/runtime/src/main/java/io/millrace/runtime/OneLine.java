package io.millrace.runtime;

/**
 * Foreign text for one line of a log or a terminal: file names, headers, messages and records are anyone's. A line break in
 * one must not forge a line, and an escape sequence must not give orders to the terminal.
 */
public final class OneLine {
    private OneLine() {}

    /** The text with a question mark for each control character. */
    public static String of(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }
}
