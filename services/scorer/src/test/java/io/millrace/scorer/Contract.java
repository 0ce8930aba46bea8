package io.millrace.scorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;

/** The OpenAPI document as the scorer serves it. */
record Contract(JsonNode document) {
    static Contract read(String yaml) throws IOException {
        return new Contract(new YAMLMapper().readTree(yaml));
    }

    /** What is wrong with a body by the schema of a component; empty when it fits. */
    List<String> problems(String component, String body) {
        ObjectNode schema = document.deepCopy();
        schema.put("$ref", "#/components/schemas/" + component);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON)
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }
}
