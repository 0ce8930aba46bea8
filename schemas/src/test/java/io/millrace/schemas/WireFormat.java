package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import java.util.Arrays;
import java.util.Locale;

/** The wire form in Jackson's terms; unknown properties are refused here so that golden examples hold nothing extra. */
final class WireFormat {
    private WireFormat() {}

    static JsonMapper strict() {
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .annotationIntrospector(
                        AnnotationIntrospectorPair.pair(new JacksonAnnotationIntrospector(), new LowerCaseEnums()))
                .addMixIn(Configuration.class, Kinds.class)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = NetworkConfiguration.class, name = "network"),
        @JsonSubTypes.Type(value = TreesConfiguration.class, name = "trees"),
        @JsonSubTypes.Type(value = NeighboursConfiguration.class, name = "neighbours"),
        @JsonSubTypes.Type(value = GaussianConfiguration.class, name = "gaussian")
    })
    private interface Kinds {}

    private static final class LowerCaseEnums extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
            return Arrays.stream(constants)
                    .map(c -> c.name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);
        }
    }
}
