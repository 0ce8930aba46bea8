package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenExampleTest {
    private static final JsonMapper WIRE = WireFormat.strict();

    static Stream<Contract> contracts() {
        return Contract.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void anExampleBecomesTheRecordAndTheRecordTheExample(Contract contract) throws Exception {
        Object event = WIRE.readValue(contract.example(), contract.type());
        JsonNode written = WIRE.readTree(WIRE.writeValueAsString(event));

        assertThat(written).isEqualTo(WIRE.readTree(contract.example()));
        assertThat(WIRE.treeToValue(written, contract.type())).isEqualTo(event);
    }

    /** Optional properties came later than the first events, which readers still meet. */
    @ParameterizedTest
    @MethodSource("contracts")
    void anExampleFromBeforeItsOptionalPropertiesIsReadToo(Contract contract) throws Exception {
        Set<String> required = new HashSet<>();
        WIRE.readTree(contract.schema()).path("required").forEach(name -> required.add(name.asText()));
        ObjectNode old = ((ObjectNode) WIRE.readTree(contract.example())).retain(required);

        Object event = WIRE.treeToValue(old, contract.type());

        assertThat(Validation.problems(contract, old.toString())).isEmpty();
        assertThat(WIRE.readTree(WIRE.writeValueAsString(event))).isEqualTo(old);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void anExampleFitsItsSchema(Contract contract) {
        assertThat(Validation.problems(contract, contract.example())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aSchemaIsAJsonSchema(Contract contract) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        String dialect = SpecificationVersion.DRAFT_2020_12.getDialectId();

        assertThat(registry.getSchema(SchemaLocation.of(dialect)).validate(contract.schema(), InputFormat.JSON))
                .isEmpty();
    }
}
