package io.millrace.dataset;

/**
 * How a source file was read.
 *
 * @param format {@code csv}, {@code parquet} or {@code jsonl}
 * @param delimiter delimiter of a CSV, otherwise empty
 * @param encoding IANA name of the character set the file was in
 */
public record SourceFormat(String format, String delimiter, String encoding) {}
