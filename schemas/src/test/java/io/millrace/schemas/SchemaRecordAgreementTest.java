package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.configuration.Configuration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record and enum that events reach has a definition of its simple name with the same properties and constants. */
class SchemaRecordAgreementTest {
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Class<?>> types() {
        Set<Class<?>> seen = new HashSet<>();
        Deque<Type> open = new ArrayDeque<>(Contract.all().map(Contract::type).toList());
        while (!open.isEmpty()) {
            Type type = open.pop();
            if (type instanceof ParameterizedType generic) {
                open.addAll(Arrays.asList(generic.getActualTypeArguments()));
            } else if (type instanceof Class<?> c && c.getName().startsWith("io.millrace.") && seen.add(c)) {
                if (c.isRecord()) {
                    Arrays.stream(c.getRecordComponents())
                            .map(RecordComponent::getGenericType)
                            .forEach(open::add);
                } else if (c.isSealed()) {
                    open.addAll(Arrays.asList(c.getPermittedSubclasses()));
                }
            }
        }
        return seen.stream().filter(c -> !c.isInterface()).sorted((a, b) -> a.getName()
                .compareTo(b.getName()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aTypeAndItsDefinitionSayTheSame(Class<?> type) throws Exception {
        JsonNode definition = definition(type);
        if (type.isEnum()) {
            assertThat(names(definition.get("enum")))
                    .containsExactlyElementsOf(Arrays.stream(type.getEnumConstants())
                            .map(c -> c.toString().toLowerCase(Locale.ROOT))
                            .toList());
            return;
        }
        Set<String> properties = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.add(component.getName());
            if (component.getType() != Optional.class) {
                required.add(component.getName());
            }
        }
        if (Configuration.class.isAssignableFrom(type)) {
            properties.add("kind");
            required.add("kind");
        }
        Set<String> defined = new TreeSet<>();
        definition.get("properties").fieldNames().forEachRemaining(defined::add);
        assertThat(defined).isEqualTo(properties);
        assertThat(names(definition.path("required"))).containsExactlyInAnyOrderElementsOf(required);
    }

    private static JsonNode definition(Class<?> type) throws Exception {
        Optional<Contract> own = contractOf(type);
        if (own.isPresent()) {
            return JSON.readTree(own.get().schema());
        }
        String file = Optional.ofNullable(type.getEnclosingClass())
                .flatMap(SchemaRecordAgreementTest::contractOf)
                .map(Contract::schema)
                .orElseGet(() -> Contract.resource("/schemas/common.v1.json"));
        return JSON.readTree(file).requiredAt("/$defs/" + type.getSimpleName());
    }

    private static Optional<Contract> contractOf(Class<?> type) {
        return Contract.all().filter(c -> c.type() == type).findFirst();
    }

    private static Set<String> names(JsonNode array) {
        Set<String> names = new LinkedHashSet<>();
        array.forEach(n -> names.add(n.asText()));
        return names;
    }
}
