package io.millrace.scorer.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Rows as a request's body holds them, {@code {"rows": [{"column": value, ...}, ...]}}, become JSON lines, which are read as any
 * file of rows is. Holds one row at a time.
 */
public final class JsonRows {
    private static final ObjectMapper MAPPER = Json.mapper();
    private static final String ROWS = "rows";

    private JsonRows() {}

    /** Copies the rows; throws a {@link BadRowsException} where the body is none of this form or has no rows. Closes neither stream. */
    public static void toLines(InputStream body, OutputStream lines) throws IOException {
        try (JsonParser in = MAPPER.createParser(body).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
                JsonGenerator out = MAPPER.createGenerator(lines)
                        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .setRootValueSeparator(null)) {
            require(in.nextToken() == JsonToken.START_OBJECT, "the body is no JSON object");
            boolean seen = false;
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                require(in.currentName().equals(ROWS), "the body has the member '" + in.currentName() + "'");
                require(!seen, "the body has the member 'rows' twice");
                seen = true;
                require(in.nextToken() == JsonToken.START_ARRAY, "'rows' is no list");
                require(copy(in, out) > 0, "'rows' is empty");
            }
            require(seen, "the body has no member 'rows'");
            require(in.nextToken() == null, "something follows the JSON object");
        } catch (JsonProcessingException e) {
            throw new BadRowsException("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    private static int copy(JsonParser in, JsonGenerator out) throws IOException {
        int rows = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in.currentToken() == JsonToken.START_OBJECT, "row " + rows + " of 'rows' is no object");
            out.copyCurrentStructure(in);
            out.writeRaw('\n');
            rows++;
        }
        return rows;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BadRowsException(otherwise);
        }
    }
}
