package io.millrace.intake.core;

import io.millrace.runtime.RawRecord;
import io.millrace.runtime.submission.DatasetName;
import io.millrace.runtime.submission.RunSettingsParser;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A record of {@code millrace.dataset.dropped}, its headers read.
 *
 * @param name name of the data set
 * @param fileName name of the file, if it is given
 * @param form what the value is
 * @param upload tells the pieces of one upload from those of another of the same name
 * @param chunks number of pieces, if the end says so; not yet parsed, for a bad end must still close its upload
 * @param settings what the user asks for, not yet parsed
 */
public record DroppedRecord(
        String name,
        Optional<String> fileName,
        Form form,
        Optional<String> upload,
        Optional<String> chunks,
        Map<String, String> settings) {

    /** What the value of a record is. */
    public enum Form {
        /** The whole file. */
        BYTES,
        /** JSON that names a blob. */
        REFERENCE,
        /** The next piece of the file. */
        CHUNK,
        /** Nothing: the file is complete. */
        END
    }

    /** Reads the headers. Headers that are none of ours are left alone, for clients add their own. */
    public static DroppedRecord of(RawRecord raw) throws RefusedException {
        Optional<String> fileName = raw.header("file-name").filter(n -> !n.isBlank());
        Form form = form(raw.header("form").orElse("bytes"));
        if (raw.key().length == 0 && (fileName.isEmpty() || form == Form.CHUNK || form == Form.END)) {
            throw new RefusedException(
                    "no-name",
                    "The record has no key.",
                    "Set the key to the name of the data set; it also keeps the pieces of a file in order.");
        }
        Map<String, String> settings = new HashMap<>();
        raw.headers().keySet().stream()
                .filter(RunSettingsParser::isSetting)
                .forEach(k -> settings.put(k, raw.header(k).orElseThrow()));
        return new DroppedRecord(nameOf(raw), fileName, form, raw.header("upload"), raw.header("chunks"), settings);
    }

    /** The name that a record gives its data set, whatever else is wrong with it. */
    public static String nameOf(RawRecord raw) {
        return raw.key().length > 0
                ? DatasetName.sanitise(raw.keyText())
                : DatasetName.ofFile(raw.header("file-name").orElse(""));
    }

    /** What makes a drop the same as another one: redelivery keeps topic, partition, offset and time. */
    public static String identity(RawRecord raw) {
        return raw.topic()
                + '\n'
                + raw.partition()
                + '\n'
                + raw.offset()
                + '\n'
                + raw.time().toEpochMilli();
    }

    private static Form form(String text) throws RefusedException {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(Form.values())
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "unknown-form",
                        "The header form is '" + text + "'.",
                        "Set it to bytes, reference, chunk or end, or leave it out for bytes."));
    }

    /** Name of the file: the given one, or else another; its ending must be that of a format. */
    public String fileNameOr(String otherwise) throws RefusedException {
        String file = fileName.orElse(otherwise);
        if (!DatasetName.isData(file)) {
            throw new RefusedException(Refusal.unknownFormat(DatasetName.safeFile(file)));
        }
        return file;
    }

    /** How many pieces the end expects; as many as there are, but one at least, when it does not say. */
    public int expectedPieces(int there) throws RefusedException {
        try {
            return chunks.map(t -> Integer.parseInt(t.strip())).orElse(Math.max(1, there));
        } catch (NumberFormatException e) {
            throw new RefusedException(
                    "bad-settings",
                    "The header chunks is '" + chunks.orElse("") + "'.",
                    "Set it to the number of chunk records before the end record, or leave it out.");
        }
    }
}
