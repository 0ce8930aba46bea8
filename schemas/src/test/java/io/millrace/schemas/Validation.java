package io.millrace.schemas;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Validates JSON against a schema of ours; references resolve to the class path and nowhere else. */
final class Validation {
    static final String BASE = "https://io.millrace/schemas/";
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(iri ->
                    iri.startsWith(BASE) ? Contract.resource("/schemas/" + iri.substring(BASE.length())) : null));

    private Validation() {}

    static List<String> problems(Contract contract, String json) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(BASE + contract.schemaFile()));
        return problems(schema, json);
    }

    static List<String> problems(Schema schema, String json) {
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(c -> c.formatAssertionsEnabled(true)))
                .stream()
                .map(e -> e.getInstanceLocation() + ": " + e.getMessage())
                .toList();
    }
}
