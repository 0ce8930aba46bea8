package io.millrace.modelling.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites any CSV as one that leaves nothing to guess: UTF-8, commas, line feeds, every row as wide as the header, no
 * header. So DuckDB can read it on all cores and both training and prediction see the same rows. A row that is too
 * short is padded; in one that is too long no cell can be trusted, so all of them become missing; neither is lost, so
 * that predictions stay aligned with their input.
 */
final class CsvNormalizer {
    private CsvNormalizer() {}

    /** Told how large a table becomes. */
    @FunctionalInterface
    interface Shape {
        /** Rows so far, and columns of each. */
        void grows(long rows, long columns);
    }

    /**
     * What was found.
     *
     * @param header cells of the first row
     * @param rows rows after it
     * @param shortRows rows with too few cells
     * @param longRows rows with too many
     * @param firstOdd number (1-based, header not counted) of the first row that was too short or too long; 0 if none
     * @param longestRow bytes of the longest row written
     * @param unterminated whether the text ended inside quotes
     * @param zeroBytes zero bytes that were left out
     */
    record Outcome(
            List<String> header,
            long rows,
            long shortRows,
            long longRows,
            long firstOdd,
            int longestRow,
            boolean unterminated,
            long zeroBytes) {}

    /**
     * Rewrites.
     *
     * @param shape is told rows and columns as they come, and may throw
     */
    static Outcome normalize(InputStream utf8, Dialect dialect, Path target, Shape shape) throws IOException {
        CsvCells cells = new CsvCells(utf8, dialect);
        if (!cells.next()) {
            throw new UnreadableSourceException(
                    "empty-file", "the file holds nothing but blanks", "Send a file with a header line and rows.");
        }
        List<String> header = header(cells);
        int width = header.size();
        long rows = 0;
        long shortRows = 0;
        long longRows = 0;
        long firstOdd = 0;
        int longest = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 18)) {
            byte[] row = new byte[1 << 12];
            while (cells.next()) {
                rows++;
                shape.grows(rows, width);
                boolean tooLong = isTooLong(cells, width);
                if (tooLong || cells.count() < width) {
                    firstOdd = firstOdd == 0 ? rows : firstOdd;
                    longRows += tooLong ? 1 : 0;
                    shortRows += tooLong ? 0 : 1;
                }
                int most = 2 * cells.cellStart(cells.count() - 1)
                        + 2 * cells.cellLength(cells.count() - 1)
                        + 3 * width
                        + 1;
                row = row.length < most ? new byte[most * 2] : row;
                int length = write(cells, tooLong ? 0 : Math.min(width, cells.count()), width, row);
                out.write(row, 0, length);
                longest = Math.max(longest, length);
            }
        }
        return new Outcome(
                header, rows, shortRows, longRows, firstOdd, longest, cells.unterminated(), cells.zeroBytes());
    }

    private static List<String> header(CsvCells cells) {
        List<String> header = new ArrayList<>();
        for (int i = 0; i < cells.count(); i++) {
            header.add(new String(cells.bytes(), cells.cellStart(i), cells.cellLength(i), StandardCharsets.UTF_8));
        }
        return header;
    }

    /** Delimiters at the end of a row with nothing between them do no harm. */
    private static boolean isTooLong(CsvCells cells, int width) {
        for (int i = width; i < cells.count(); i++) {
            if (cells.cellLength(i) > 0) {
                return true;
            }
        }
        return false;
    }

    private static int write(CsvCells cells, int present, int width, byte[] row) {
        int at = 0;
        for (int i = 0; i < width; i++) {
            if (i > 0) {
                row[at++] = ',';
            }
            if (i < present) {
                at = writeCell(cells.bytes(), cells.cellStart(i), cells.cellLength(i), row, at);
            }
        }
        if (at == 0) { // a line of its own, not a blank one that a reader would skip
            row[at++] = '"';
            row[at++] = '"';
        }
        row[at++] = '\n';
        return at;
    }

    private static int writeCell(byte[] bytes, int start, int length, byte[] row, int at) {
        int from = start;
        int end = start + length;
        while (from < end && isBlank(bytes[from])) {
            from++;
        }
        while (end > from && isBlank(bytes[end - 1])) {
            end--;
        }
        boolean plain = true;
        for (int i = from; i < end && plain; i++) {
            byte b = bytes[i];
            plain = b != ',' && b != '"' && b != '\n' && b != '\r';
        }
        if (plain) {
            System.arraycopy(bytes, from, row, at, end - from);
            return at + end - from;
        }
        int to = at;
        row[to++] = '"';
        for (int i = from; i < end; i++) {
            if (bytes[i] == '"') {
                row[to++] = '"';
            }
            row[to++] = bytes[i];
        }
        row[to++] = '"';
        return to;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
