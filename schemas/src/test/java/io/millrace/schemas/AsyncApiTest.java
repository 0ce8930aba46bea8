package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.events.EventType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncApiTest {
    /** Services that take events, and so have dead letters. */
    static final List<String> SERVICES = List.of(
            "profiler",
            "range-tester",
            "trainer",
            "evaluator",
            "ensembler",
            "planner",
            "intake-results",
            "gateway",
            "scorer");

    private static JsonNode document;
    private static Schema specification;

    @BeforeAll
    static void read() throws Exception {
        document = new YAMLMapper().readTree(Contract.resource("/asyncapi.yaml"));
        specification = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Contract.resource("/asyncapi/asyncapi-3.0.0.schema.json"), InputFormat.JSON);
    }

    @Test
    void theDocumentFitsTheSpecification() {
        assertThat(Validation.problems(specification, document.toString())).isEmpty();
    }

    @Test
    void theSpecificationRefusesAChannelWithoutAnAddressText() {
        JsonNode wrong = document.deepCopy();
        ((ObjectNode) wrong.at("/channels/runFailed")).put("address", 7);

        assertThat(Validation.problems(specification, wrong.toString())).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyEventHasAChannelAndAMessage(EventType type) {
        JsonNode channel = channel(type.topic());
        JsonNode reference = channel.get("messages").elements().next();
        JsonNode message = resolve(reference);

        assertThat(message.get("name").asText()).isEqualTo(type.eventName());
        assertThat(message.at("/headers/properties/ce_type/const").asText()).isEqualTo(type.ceType());
        assertThat(message.at("/payload/schema/$ref").asText()).isEqualTo("./schemas/" + type.eventName() + ".v1.json");
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyServiceThatTakesEventsHasDeadLetters(String service) {
        assertThat(channel("dlq.millrace-" + service)
                        .at("/messages/deadLetter/$ref")
                        .asText())
                .isEqualTo("#/components/messages/deadLetter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"millrace.dataset.dropped"})
    void theWayInForAnyClientHasAChannel(String topic) {
        assertThat(channel(topic).isObject()).isTrue();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (JsonNode reference : document.findValues("$ref")) {
            String target = reference.asText();
            if (target.startsWith("#")) {
                assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                assertThat(Contract.find(target.substring(1))).as(target).isPresent();
            }
        }
    }

    @Test
    void everyChannelHasItsOwnAddress() {
        List<String> addresses = document.get("channels").findValuesAsText("address");
        Set<String> distinct = new HashSet<>(addresses);

        assertThat(addresses)
                .hasSize(1 + EventType.values().length + SERVICES.size())
                .hasSameSizeAs(distinct);
    }

    private static JsonNode channel(String address) {
        for (JsonNode channel : document.get("channels")) {
            if (channel.get("address").asText().equals(address)) {
                return channel;
            }
        }
        throw new AssertionError("asyncapi.yaml has no channel with address " + address);
    }

    private static JsonNode resolve(JsonNode reference) {
        return document.requiredAt(reference.get("$ref").asText().substring(1));
    }
}
