package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaRefusalTest {
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Contract> contracts() {
        return Contract.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyRequiredPropertyIsMissed(Contract contract) throws Exception {
        for (JsonNode required : JSON.readTree(contract.schema()).get("required")) {
            ObjectNode event = (ObjectNode) JSON.readTree(contract.example());
            event.remove(required.asText());
            assertThat(Validation.problems(contract, event.toString()))
                    .as("without " + required)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyPropertyOfAnotherTypeIsRefused(Contract contract) throws Exception {
        for (var property : JSON.readTree(contract.example()).properties()) {
            ObjectNode event = (ObjectNode) JSON.readTree(contract.example());
            if (property.getValue().isTextual()) {
                event.put(property.getKey(), 7);
            } else {
                event.put(property.getKey(), "seven");
            }
            assertThat(Validation.problems(contract, event.toString()))
                    .as(property.getKey())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void anUnknownPropertyIsIgnored(Contract contract) throws Exception {
        ObjectNode event = (ObjectNode) JSON.readTree(contract.example());
        event.put("addedLater", true);

        assertThat(Validation.problems(contract, event.toString())).isEmpty();
    }

    @Test
    void wrongNamesOfConstantsReferencesAndTimesAreRefused() throws Exception {
        refused("dataset.submitted", "/settings", "metric", "LOG_LOSS");
        refused("dataset.submitted", "/settings", "budget", "60s");
        refused("dataset.submitted", "/data", "uri", "file:///etc/passwd");
        refused("dataset.submitted", "/data", "sha256", "abc");
        refused("dataset.submitted", "", "submittedAt", "yesterday");
        refused("dataset.submitted", "", "name", "../churn");
        refused("trial.requested", "/configuration", "kind", "forest");
        refused("trial.evaluated", "/scores", "brier", "0.1");
    }

    private static void refused(String name, String parent, String property, String value) throws Exception {
        Contract contract =
                Contract.all().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        JsonNode event = JSON.readTree(contract.example());
        ((ObjectNode) event.at(parent)).put(property, value);
        assertThat(Validation.problems(contract, event.toString())).as(property).isNotEmpty();
    }
}
