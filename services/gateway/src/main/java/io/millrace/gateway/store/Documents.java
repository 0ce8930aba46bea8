package io.millrace.gateway.store;

import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;

/** Values as the texts that PostgreSQL's JSON columns take and give. */
final class Documents {
    private Documents() {}

    static String write(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    static <T> T read(String json, Class<T> type) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
    }
}
