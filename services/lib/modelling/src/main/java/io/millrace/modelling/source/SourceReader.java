package io.millrace.modelling.source;

import io.millrace.dataset.SourceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a file of any kind we know into a {@link RawTable}. The content tells the kind, not the name. */
public final class SourceReader {
    private static final int PREFIX = 1 << 18;
    private static final String NO_UTF_8 = "The file is not valid UTF-8; it was read as windows-1252.";

    private final DuckDb db;
    private final SourceSettings settings;
    private final Path folder;

    /**
     * @param db where the table goes; must see {@code folder}
     * @param folder for temporary files
     */
    public SourceReader(DuckDb db, SourceSettings settings, Path folder) {
        this.db = db;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Reads a file.
     *
     * @param like format of an earlier file of the same kind, which settles the delimiter where both are possible
     * @throws UnreadableSourceException for what is no table
     */
    public RawTable read(Path file, Optional<SourceFormat> like) {
        SourceBytes bytes = new SourceBytes(file, settings);
        byte[] prefix = bytes.prefix(PREFIX);
        if (prefix.length == 0) {
            throw new UnreadableSourceException(
                    "empty-file", "the file unpacks to 0 bytes", "Send the file again with a header line and rows.");
        }
        if (new String(prefix, 0, Math.min(4, prefix.length), StandardCharsets.ISO_8859_1).equals("PAR1")) {
            return new SelfDescribingFiles(db, folder).parquet(bytes);
        }
        TextEncoding encoding = TextEncoding.detect(prefix);
        String text = new String(prefix, encoding.bomBytes(), prefix.length - encoding.bomBytes(), encoding.charset());
        if (TextEncoding.looksBinary(text)) {
            throw new UnreadableSourceException(
                    "binary-file",
                    "the file is binary and neither Parquet nor gzip: it holds zero bytes or many control characters",
                    "Export the data as CSV, JSON lines or Parquet; spreadsheets and archives are not read.");
        }
        if (looksLikeJson(text.stripLeading())) {
            return bytes.guarded(() -> json(bytes, encoding));
        }
        return bytes.guarded(() -> csv(bytes, encoding, text, prefix.length < PREFIX, like));
    }

    /** Objects, or an array of them on however many lines. */
    private static boolean looksLikeJson(String text) {
        return text.startsWith("{")
                || (text.startsWith("[") && text.substring(1).stripLeading().startsWith("{"));
    }

    private RawTable json(SourceBytes bytes, TextEncoding encoding) throws IOException {
        SelfDescribingFiles files = new SelfDescribingFiles(db, folder);
        try {
            return files.json(bytes, encoding, List.of());
        } catch (CharacterCodingException e) {
            return files.json(bytes, TextEncoding.WESTERN, List.of(NO_UTF_8));
        }
    }

    private RawTable csv(
            SourceBytes bytes, TextEncoding encoding, String start, boolean whole, Optional<SourceFormat> like)
            throws IOException {
        Optional<Character> expected =
                like.map(SourceFormat::delimiter).filter(d -> d.length() == 1).map(d -> d.charAt(0));
        Dialect dialect = Dialect.detect(start, whole, expected);
        List<String> warnings = new ArrayList<>();
        TextEncoding used = encoding;
        Path clean = folder.resolve("clean.csv");
        CsvNormalizer.Outcome outcome;
        try {
            outcome = normalize(bytes, used, dialect, clean);
        } catch (CharacterCodingException e) {
            used = TextEncoding.WESTERN;
            warnings.add(NO_UTF_8);
            outcome = normalize(bytes, used, dialect, clean);
        }
        if (outcome.unterminated()) {
            warnings.add("A quote is never closed; quotes were read as ordinary characters.");
            outcome = normalize(bytes, used, dialect.withoutQuotes(), clean);
        }
        if (outcome.zeroBytes() > 0) {
            warnings.add(outcome.zeroBytes() + " zero bytes were left out; the file may be damaged.");
        }
        Headers headers = Headers.unique(outcome.header());
        warnings.addAll(headers.warnings());
        warnings.addAll(oddRows(outcome));
        load(clean, headers.names().size(), outcome.longestRow());
        return new RawTable(
                headers.names(),
                outcome.rows(),
                new SourceFormat(
                        "csv",
                        String.valueOf(dialect.delimiter()),
                        used.charset().name()),
                List.copyOf(warnings));
    }

    private static CsvNormalizer.Outcome normalize(
            SourceBytes bytes, TextEncoding encoding, Dialect dialect, Path target) throws IOException {
        try (InputStream in = new Utf8InputStream(bytes.open(), encoding)) {
            return CsvNormalizer.normalize(in, dialect, target, bytes::requireFewCells);
        }
    }

    private void load(Path clean, int width, int longestRow) {
        String columns = IntStream.range(0, width)
                .mapToObj(i -> "'" + RawTable.column(i) + "': 'VARCHAR'")
                .collect(Collectors.joining(", "));
        long longestLine = Math.max(2_000_000L, longestRow + 2L);
        db.execute("CREATE TABLE " + RawTable.NAME + " AS SELECT * FROM read_csv(" + DuckDb.literal(clean.toString())
                + ", columns = {" + columns + "}, header = false, auto_detect = false, delim = ',', quote = '\"',"
                + " escape = '\"', new_line = '\\n', nullstr = '', max_line_size = " + longestLine + ")");
    }

    private static List<String> oddRows(CsvNormalizer.Outcome outcome) {
        if (outcome.firstOdd() == 0) {
            return List.of();
        }
        int width = outcome.header().size();
        List<String> parts = new ArrayList<>();
        if (outcome.shortRows() > 0) {
            parts.add(outcome.shortRows() + " have fewer cells than the header's " + width + " and were padded");
        }
        if (outcome.longRows() > 0) {
            parts.add(outcome.longRows() + " have more than " + width + " cells and count as empty");
        }
        return Arrays.asList("Of " + outcome.rows() + " rows, " + String.join("; ", parts) + " (the first is row "
                + outcome.firstOdd() + ").");
    }
}
