package io.millrace.modelling.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/** How a model has its parts, of which some are records as JSON. */
public final class ModelParts {
    private static final JsonMapper JSON = new JsonMapper();

    private ModelParts() {}

    /** A part; throws an IllegalArgumentException where there is none. */
    public static byte[] bytes(Map<String, byte[]> parts, String name) {
        byte[] part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("the model has no part " + name + ", only " + parts.keySet());
        }
        return part;
    }

    /** A part that is a record; throws an IllegalArgumentException where there is none or it is damaged. */
    public static <T> T json(Map<String, byte[]> parts, String name, Class<T> type) {
        try {
            return JSON.readValue(bytes(parts, name), type);
        } catch (IOException e) {
            throw new IllegalArgumentException("the model's part " + name + " is damaged: " + e.getMessage(), e);
        }
    }

    /** What {@link #json(Map, String, Class)} reads. */
    public static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts are always written", e);
        }
    }
}
