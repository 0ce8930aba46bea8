package io.millrace.runtime.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.Event;
import java.io.IOException;

/**
 * The JSON of Millrace: record components in camel case, absent optionals left out, durations and instants as ISO 8601
 * text, enums in lower case, map keys in their order so that equal values give equal bytes. Readers ignore fields they do not
 * know and refuse a missing one that is not optional.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .annotationIntrospector(new WireNames())
            .addMixIn(Configuration.class, ConfigurationKind.class)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** The same, with texts that everything stores. */
    private static final ObjectMapper EVENTS = MAPPER.copy().registerModule(PlainText.module());

    /** Which record a configuration is; the records themselves know nothing of JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = NetworkConfiguration.class, name = "network"),
        @JsonSubTypes.Type(value = TreesConfiguration.class, name = "trees"),
        @JsonSubTypes.Type(value = NeighboursConfiguration.class, name = "neighbours"),
        @JsonSubTypes.Type(value = GaussianConfiguration.class, name = "gaussian")
    })
    private interface ConfigurationKind {}

    private Json() {}

    /** A mapper with these rules, to build trees with or to adapt; a copy, so that changes stay with the caller. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }

    /** The value as UTF-8 JSON. */
    public static byte[] write(Object value) {
        return write(MAPPER, value);
    }

    /** An event as UTF-8 JSON; in its texts a replacement character stands for what {@link PlainText} is not. */
    static byte[] writeEvent(Event event) {
        return write(EVENTS, event);
    }

    private static byte[] write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /** Reads a value; throws a {@link DecodingException} that names what does not fit. */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(MAPPER, json, type);
    }

    /** Reads an event, whose texts have to be {@link PlainText}. */
    static Event readEvent(byte[] json, Class<? extends Event> type) {
        return read(EVENTS, json, type);
    }

    private static <T> T read(ObjectMapper mapper, byte[] json, Class<T> type) {
        try {
            return present(mapper.readValue(json, type), type.getSimpleName());
        } catch (IOException e) {
            throw notA(type.getSimpleName(), e);
        }
    }

    /** Reads a value of a generic type, such as a list of records. */
    public static <T> T read(byte[] json, TypeReference<T> type) {
        try {
            return present(MAPPER.readValue(json, type), type.getType().getTypeName());
        } catch (IOException e) {
            throw notA(type.getType().getTypeName(), e);
        }
    }

    /** The value as a tree, to be put into a larger one. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Reads a value from a tree. */
    public static <T> T read(JsonNode tree, Class<T> type) {
        try {
            return present(MAPPER.treeToValue(tree, type), type.getSimpleName());
        } catch (JsonProcessingException e) {
            throw notA(type.getSimpleName(), e);
        }
    }

    private static <T> T present(T value, String name) {
        if (value == null) {
            throw new DecodingException("the JSON is null where a " + name + " is expected");
        }
        return value;
    }

    private static DecodingException notA(String name, IOException cause) {
        String reason = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        String place = cause instanceof JsonMappingException mapping ? " at " + mapping.getPathReference() : "";
        return new DecodingException("the JSON is not a valid " + name + ": " + reason + place, cause);
    }
}
