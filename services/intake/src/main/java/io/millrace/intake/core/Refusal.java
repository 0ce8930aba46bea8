package io.millrace.intake.core;

/**
 * Why a drop is not taken.
 *
 * @param problem short machine-readable kind
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Refusal(String problem, String message, String remedy) {
    /** A file whose ending names no format that Millrace reads. */
    public static Refusal unknownFormat(String fileName) {
        return new Refusal(
                "unknown-format",
                "The ending of '" + fileName + "' names no format that Millrace reads.",
                "Drop it as .csv, .tsv, .txt, .parquet, .jsonl or .ndjson, or one of those or .json with .gz behind it.");
    }
}
