package io.millrace.modelling.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts delimited UTF-8 into rows of cells. Follows RFC 4180 and is lenient where people are not: any line end, blanks
 * around cells, quotes inside cells, doubled or not. One row is held at a time.
 */
final class CsvCells {
    private static final int START = 0;
    private static final int PLAIN = 1;
    private static final int QUOTED = 2;
    private static final int AFTER_QUOTE = 3;

    private final InputStream in;
    private final byte delimiter;
    private final boolean quotes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;

    private byte[] cells = new byte[1 << 12];
    private int length;
    private int[] ends = new int[64];
    private boolean[] quotedCells = new boolean[64];
    private int count;
    private boolean lastWasReturn;
    private boolean unterminated;
    private long zeroBytes;

    CsvCells(InputStream in, Dialect dialect) throws IOException {
        in.skipNBytes(dialect.preamble());
        this.in = in;
        this.delimiter = (byte) dialect.delimiter();
        this.quotes = dialect.quotes();
    }

    /** Moves to the next row that is not blank; false at the end. */
    boolean next() throws IOException {
        do {
            if (!row()) {
                return false;
            }
        } while (count == 1 && cellLength(0) == 0 && !quotedCells[0]);
        return true;
    }

    /** Cells of the row. */
    int count() {
        return count;
    }

    /** Bytes of the row's cells, one after the other; see {@link #cellStart}. */
    byte[] bytes() {
        return cells;
    }

    int cellStart(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    int cellLength(int cell) {
        return ends[cell] - cellStart(cell);
    }

    /** Whether the text ended inside quotes: a quote was no quote, and everything after it is in doubt. */
    boolean unterminated() {
        return unterminated;
    }

    /** Zero bytes that were left out, for no text has them. */
    long zeroBytes() {
        return zeroBytes;
    }

    private boolean row() throws IOException {
        length = 0;
        count = 0;
        int state = START;
        boolean any = false;
        while (true) {
            if (position == filled) {
                filled = in.read(buffer, 0, buffer.length);
                position = 0;
                if (filled < 0) {
                    filled = 0;
                    unterminated |= state == QUOTED;
                    if (any) {
                        endCell(state);
                    }
                    return any;
                }
            }
            byte b = buffer[position++];
            if (lastWasReturn) {
                lastWasReturn = false;
                if (b == '\n') {
                    continue;
                }
            }
            any = true;
            if (state == QUOTED) {
                if (b == '"') {
                    state = AFTER_QUOTE;
                } else {
                    append(b);
                }
            } else if (b == delimiter) {
                endCell(state);
                state = START;
            } else if (b == '\n' || b == '\r') {
                lastWasReturn = b == '\r';
                endCell(state);
                return true;
            } else if (state == PLAIN) {
                append(b);
            } else if (state == START) {
                if (quotes && b == '"') {
                    state = QUOTED;
                } else if (b != ' ' && b != '\t') {
                    append(b);
                    state = PLAIN;
                }
            } else if (b == '"') {
                append(b);
                state = QUOTED;
            } else if (b != ' ' && b != '\t') {
                append((byte) '"'); // the quote before did not end the cell after all
                append(b);
                state = QUOTED;
            }
        }
    }

    private void append(byte b) {
        if (b == 0) {
            zeroBytes++;
            return;
        }
        if (length == cells.length) {
            if (length > 1 << 28) {
                throw new UnreadableSourceException(
                        "unreadable-file",
                        "a row has more than 256 MiB",
                        "Check the file's quotes and line ends; a quote that is never closed swallows rows.");
            }
            cells = java.util.Arrays.copyOf(cells, length * 2);
        }
        cells[length++] = b;
    }

    private void endCell(int state) {
        if (count == ends.length) {
            ends = java.util.Arrays.copyOf(ends, count * 2);
            quotedCells = java.util.Arrays.copyOf(quotedCells, count * 2);
        }
        if (state == PLAIN) {
            int start = count == 0 ? 0 : ends[count - 1];
            while (length > start && (cells[length - 1] == ' ' || cells[length - 1] == '\t')) {
                length--;
            }
        }
        quotedCells[count] = state == QUOTED || state == AFTER_QUOTE;
        ends[count++] = length;
    }
}
