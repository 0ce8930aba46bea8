package io.millrace.gateway.http;

import io.millrace.runtime.submission.DatasetName;
import io.millrace.runtime.submission.RunSettingsParser;
import io.millrace.runtime.submission.Submission;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an upload says about itself: headers {@code Millrace-*}, query parameters and form fields, each stronger than the
 * one before. Everything but {@code name} and {@code file} is a setting of the run.
 */
final class UploadForm {
    private static final String HEADER_PREFIX = "millrace-";
    private static final Map<String, String> ENDINGS = Map.of(
            "text/csv", ".csv",
            "text/tab-separated-values", ".tsv",
            "application/vnd.apache.parquet", ".parquet",
            "application/x-ndjson", ".jsonl",
            "application/jsonl", ".jsonl");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Optional<String> idempotencyKey;
    private String fileName;

    UploadForm(MultiMap headers, MultiMap query) {
        headers.forEach((key, value) -> {
            String lower = key.toLowerCase(Locale.ROOT);
            if (lower.startsWith(HEADER_PREFIX)) {
                texts.put(bare(lower.substring(HEADER_PREFIX.length())), value);
            }
        });
        add(query);
        idempotencyKey = Optional.ofNullable(headers.get("Idempotency-Key"));
        fileName = "upload" + ending(headers);
    }

    /** Takes more texts, which are stronger than the earlier ones; empty ones, as forms send them, count as absent. */
    void add(MultiMap more) {
        more.forEach((key, value) -> {
            if (!value.isEmpty()) {
                texts.put(bare(key), value);
            }
        });
    }

    /** The name of the file that was uploaded, where the upload itself says it. */
    void fileName(String name) {
        if (!name.isBlank()) {
            fileName = name;
        }
    }

    /** What to submit; throws an InvalidSettingsException that lists every setting that cannot be used. */
    Submission submission() {
        Map<String, String> settings = new LinkedHashMap<>(texts);
        String name = settings.remove("name");
        String file = Optional.ofNullable(settings.remove("file")).orElse(fileName);
        return new Submission(
                name == null ? DatasetName.ofFile(file) : name,
                file,
                "upload/" + idempotencyKey.orElseGet(() -> UUID.randomUUID().toString()),
                RunSettingsParser.parse(settings));
    }

    /** The same key however it is written, so that a stronger text replaces a weaker one. */
    private static String bare(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private static String ending(MultiMap headers) {
        String type = Optional.ofNullable(headers.get("Content-Type")).orElse("");
        String known = ENDINGS.getOrDefault(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), ".csv");
        return "gzip".equalsIgnoreCase(headers.get("Content-Encoding")) ? known + ".gz" : known;
    }
}
