package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.core.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final Contract contract = new Contract();

    @Test
    void everyRouteHasAnEntryAndEveryEntryARoute() {
        List<String> documented = new ArrayList<>();
        contract.document().path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("parameters"))
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Endpoint.values())
                        .map(e -> e.method() + " " + e.template())
                        .toList());
    }

    @Test
    void whatAsksForARoleSaysSoAndNothingElseDoes() {
        for (Endpoint endpoint : Endpoint.values()) {
            JsonNode operation = contract.document()
                    .path("paths")
                    .path(endpoint.template())
                    .path(endpoint.method().name().toLowerCase(Locale.ROOT));
            boolean asks = endpoint.role().isPresent();
            assertThat(operation.path("responses").has("401"))
                    .as(endpoint.template())
                    .isEqualTo(asks);
            assertThat(operation.path("responses").has("403"))
                    .as(endpoint.template())
                    .isEqualTo(asks);
            assertThat(operation.has("security")).as(endpoint.template()).isNotEqualTo(asks);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = contract.document().findValues("$ref");
        assertThat(references).isNotEmpty().allSatisfy(r -> assertThat(
                        contract.document().at(r.asText().substring(1)).isMissingNode())
                .as(r.asText())
                .isFalse());
    }

    @Test
    void theStatusesAreThoseOfTheCode() {
        List<String> documented = new ArrayList<>();
        contract.document().at("/components/schemas/RunStatus/enum").forEach(s -> documented.add(s.asText()));
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RunStatus.values())
                        .map(RunStatus::wireName)
                        .toList());
    }

    @Test
    void anUnknownMemberDoesNotFit() {
        assertThat(contract.problems("Submitted", "{\"run\":\"r\",\"name\":\"n\"}"))
                .isEmpty();
        assertThat(contract.problems("Submitted", "{\"run\":\"r\",\"name\":\"n\",\"more\":1}"))
                .isNotEmpty();
    }
}
