package io.millrace.modelling.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The keys of the objects that are rows: a look at a file before a reader makes a column of each. */
final class JsonKeys {
    private JsonKeys() {}

    /**
     * Throws an {@link UnreadableSourceException} when the rows have more than {@link Headers#MOST_COLUMNS} different
     * keys, when two keys differ only in case, of which a reader would lose one, when there are too many rows for so many
     * keys, or when the text is not JSON.
     */
    static void requireFew(Path file, SourceBytes bytes) throws IOException {
        Set<String> keys = new HashSet<>();
        Map<String, String> spellings = new HashMap<>();
        long rows = 0;
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            boolean array = false;
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                array |= depth == 0 && token == JsonToken.START_ARRAY;
                if (token.isStructStart()) {
                    rows += depth == (array ? 1 : 0) ? 1 : 0;
                    bytes.requireFewCells(rows, keys.size());
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME && depth == (array ? 2 : 1) && keys.add(json.currentName())) {
                    Headers.requireFew(keys.size());
                    requireOneSpelling(spellings, json.currentName());
                }
            }
            bytes.requireFewCells(rows, keys.size());
        } catch (JsonProcessingException e) {
            throw new UnreadableSourceException(
                    "unreadable-file",
                    "the file cannot be read as JSON: " + e.getOriginalMessage() + where(e.getLocation()),
                    "Write the file again, complete and valid: one object per line, or one array of objects.");
        }
    }

    private static void requireOneSpelling(Map<String, String> spellings, String key) {
        String other = spellings.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
        if (other != null) {
            throw new UnreadableSourceException(
                    "unreadable-file",
                    "the keys '" + other + "' and '" + key + "' differ only in case",
                    "Spell them alike where they are the same, or else give one of them another name.");
        }
    }

    private static String where(JsonLocation place) {
        return place == null ? "" : " (line " + place.getLineNr() + ")";
    }
}
