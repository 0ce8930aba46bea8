package io.millrace.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.RawRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of the catalogue of hostile and broken records of the topic that anyone can produce to.
 *
 * @param name what is wrong with it
 * @param key key of the record
 * @param headers its headers
 * @param value its value
 * @param problem kind of the rejection
 * @param words what the rejection says among other things
 */
record BadDrop(String name, String key, Map<String, String> headers, String value, String problem, String words) {
    private static final Map<String, String> REFERENCE = Map.of("form", "reference");

    static List<BadDrop> catalogue() {
        return List.of(
                bytes("no name", "", Map.of(), "no-name", "no key"),
                bytes("a form that is none", "n", Map.of("form", "pigeon"), "unknown-form", "'pigeon'"),
                bytes("a header of a megabyte", "n", Map.of("form", "x".repeat(1 << 20)), "unknown-form", "xxx..."),
                bytes("a setting that is none", "n", Map.of("trials", "many"), "bad-settings", "trials is 'many'"),
                bytes(
                        "a target of a megabyte",
                        "n",
                        Map.of("target", "x".repeat(1 << 20)),
                        "bad-settings",
                        "500 characters at most"),
                bytes("a spreadsheet", "n", Map.of("file-name", "n.xlsx"), "unknown-format", "'n.xlsx'"),
                new BadDrop("no value", "n", Map.of(), "", "empty-file", "no value"),
                new BadDrop(
                        "an end without pieces", "n", Map.of("form", "end"), "", "incomplete-file", "after 0 chunks"),
                new BadDrop(
                        "an end that counts in words",
                        "n",
                        Map.of("form", "end", "chunks", "two"),
                        "",
                        "bad-settings",
                        "chunks is 'two'"),
                reference("a reference that is no JSON", "file:///etc/passwd", "bad-reference", "no JSON"),
                reference("a reference nested without end", "[".repeat(100_000), "bad-reference", "no JSON"),
                reference(
                        "a file of the machine", "{\"uri\":\"file:///etc/passwd\"}", "bad-reference", "names no blob"),
                reference(
                        "a place on the network",
                        "{\"uri\":\"http://169.254.169.254/latest/x.csv\"}",
                        "bad-reference",
                        "names no blob"),
                reference("another bucket", "{\"uri\":\"s3://other/x.csv\"}", "bad-reference", "names no blob"),
                reference(
                        "a key that climbs out of the store",
                        "{\"uri\":\"blob:../../etc/passwd.csv\"}",
                        "bad-reference",
                        "names no blob"),
                reference("an absolute key", "{\"uri\":\"blob:/etc/passwd.csv\"}", "bad-reference", "names no blob"),
                reference(
                        "a digest that is none",
                        "{\"uri\":\"blob:a.csv\",\"sha256\":\"../x\"}",
                        "bad-reference",
                        "no lower-case hex"),
                reference("nothing under the key", "{\"uri\":\"blob:gone.csv\"}", "no-such-blob", "'gone.csv'"));
    }

    private static BadDrop bytes(String name, String key, Map<String, String> headers, String problem, String words) {
        return new BadDrop(name, key, headers, "a,y\n1,0\n", problem, words);
    }

    private static BadDrop reference(String name, String value, String problem, String words) {
        return new BadDrop(name, "n", REFERENCE, value, problem, words);
    }

    /** The record at an offset of the topic. */
    RawRecord at(long offset) {
        Map<String, byte[]> bytes = new HashMap<>();
        headers.forEach((header, text) -> bytes.put(header, text.getBytes(UTF_8)));
        return new RawRecord(
                IntakeService.TOPIC, 0, offset, Instant.EPOCH, key.getBytes(UTF_8), value.getBytes(UTF_8), bytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
