package io.millrace.runtime.submission;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Names of data sets as they appear in events, keys and URLs: 1 to 100 of {@code a-z 0-9 . _ -}, no dot in front. */
public final class DatasetName {
    private static final int LONGEST = 100;
    private static final List<String> ENDINGS =
            List.of(".csv", ".tsv", ".txt", ".parquet", ".jsonl", ".ndjson", ".json");

    private DatasetName() {}

    /** The nearest allowed name: accents dropped, anything else that is not allowed becomes a hyphen; {@code data} when nothing is left. */
    public static String sanitise(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", "-")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^[.-]+", "");
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        String trimmed = cut.replaceAll("[.-]+$", "");
        return trimmed.isEmpty() ? "data" : trimmed;
    }

    /** The name that a file gives its data set: {@code Churn 2024.csv.gz} is {@code churn-2024}. */
    public static String ofFile(String fileName) {
        return sanitise(stem(fileName));
    }

    /** A file name that is as safe as a data set's name and keeps the ending of its format: {@code Churn 2024.CSV} is {@code churn-2024.csv}. */
    public static String safeFile(String fileName) {
        String base = base(fileName);
        return ofFile(base) + base.substring(stem(base).length()).toLowerCase(Locale.ROOT);
    }

    /** The file name without the ending of its format and of its compression. */
    public static String stem(String fileName) {
        String base = base(fileName);
        String unpacked = without(base, ".gz");
        for (String ending : ENDINGS) {
            String stem = without(unpacked, ending);
            if (!stem.equals(unpacked)) {
                return stem;
            }
        }
        return unpacked;
    }

    /** Whether the ending is that of a format that the profiler reads, compressed by gzip or not. */
    public static boolean isData(String fileName) {
        String unpacked = without(fileName, ".gz").toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(unpacked::endsWith);
    }

    private static String base(String path) {
        return path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
    }

    private static String without(String name, String ending) {
        int at = name.length() - ending.length();
        return at > 0 && name.regionMatches(true, at, ending, 0, ending.length()) ? name.substring(0, at) : name;
    }
}
