package io.millrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * An entry of the catalogue of records that whole runs meet and that lead to no model.
 *
 * @param name what is wrong with it
 * @param topic where it is put
 * @param headers those that differ from a good one's
 * @param value its value
 * @param end how it ends: topic and kind of its rejection, or the topic of its dead letter
 */
record BadData(String name, String topic, Map<String, String> headers, byte[] value, String end) {
    static final String DROPPED = "millrace.dataset.dropped";
    static final String REJECTED = "millrace.dataset.rejected";
    static final String DEAD = "dlq.millrace-profiler";

    /** @param target name of the target that is asked for */
    static List<BadData> catalogue(String target) {
        String header = "size," + target + "\n";
        String rows = "1,small\n2,small\n8,large\n9,large\n".repeat(20);
        return List.of(
                rejected("one class only", Map.of(), header + "1,same\n2,same\n".repeat(20), "one-class"),
                rejected("a file that was cut off", Map.of(), half(gzip(header + rows)), "broken-gzip"),
                rejected("no such target", Map.of("target", "nowhere"), header + rows, "no-such-target"),
                rejected("a header only", Map.of(), header, "header-only"),
                rejected("no table at all", Map.of(), rubbish(), "binary-file"),
                rejected(
                        "a reference out of the store",
                        Map.of("form", "reference"),
                        "{\"uri\":\"blob:../../etc/passwd.csv\"}",
                        "bad-reference"),
                rejected("a setting that is none", Map.of("trials", "many"), header + rows, "bad-settings"),
                new BadData(
                        "an event that breaks its schema",
                        "millrace.dataset.submitted",
                        Map.of(
                                "ce_specversion", "1.0",
                                "ce_id", "no-event",
                                "ce_type", "io.millrace.dataset.submitted.v1",
                                "ce_source", "/millrace/test",
                                "ce_time", "2026-11-28T12:00:00Z"),
                        "{\"name\":[]}".getBytes(UTF_8),
                        DEAD));
    }

    private static BadData rejected(String name, Map<String, String> headers, String value, String problem) {
        return rejected(name, headers, value.getBytes(UTF_8), problem);
    }

    private static BadData rejected(String name, Map<String, String> headers, byte[] value, String problem) {
        return new BadData(name, DROPPED, headers, value, REJECTED + ": " + problem);
    }

    private static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] rubbish() {
        byte[] bytes = new byte[4096];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return name;
    }
}
