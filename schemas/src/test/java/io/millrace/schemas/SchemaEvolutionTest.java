package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaEvolutionTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMMON = "{'$defs':{'Unit':{'type':'string','enum':['a','b']},"
            + "'Box':{'type':'object','properties':{'w':{'type':'number'},'h':{'type':'number'}},'required':['w']},"
            + "'Any':{'oneOf':[{'$ref':'#/$defs/Box'},{'type':'integer','maximum':9}]}}}";
    private static final String EVENT = "{'type':'object','properties':{'name':{'type':'string','pattern':'^a'},"
            + "'unit':{'$ref':'common.json#/$defs/Unit'},'boxes':{'type':'array','items':"
            + "{'$ref':'common.json#/$defs/Box'}},'any':{'$ref':'common.json#/$defs/Any'}},'required':['name','unit']}";

    @Test
    void currentSchemasOnlyAddWhatIsOptionalToTheReleasedOnes() throws Exception {
        Path released = Path.of("src/test/resources/released/v1");
        Path current = Path.of("src/main/resources/schemas");

        assertThat(SchemaEvolution.breaks(read(released), read(current))).isEmpty();
    }

    @Test
    void everyContractHasAReleasedCopy() {
        assertThat(Contract.all().map(c -> Contract.find("/released/v1/" + c.schemaFile())))
                .allMatch(f -> f.isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            event  | 'any':{'$ref':'common.json#/$defs/Any'}   | 'x':{'type':'null'}                  | event.json.any was removed
            event  | 'name':{'type':'string'                   | 'name':{'type':'integer'             | event.json.name has another type: "string", now "integer"
            event  | 'required':['name','unit']                | 'required':['name','unit','any']     | event.json.any is newly required
            event  | 'required':['name','unit']                | 'required':['name']                  | event.json.unit is no longer required, which older readers rely on
            event  | 'pattern':'^a'                            | 'pattern':'^b'                       | event.json.name has another pattern: "^a", now "^b"
            common | 'enum':['a','b']                          | 'enum':['b']                         | event.json.unit no longer knows a
            common | ,'h':{'type':'number'}                    | ,'d':{'type':'number'}               | event.json.boxes.items.h was removed
            common | 'w':{'type':'number'}                     | 'w':{'type':'number','minimum':0}    | event.json.boxes.items.w has a new minimum: 0
            common | 'maximum':9                               | 'maximum':5                          | event.json.any.oneOf1 has a new maximum: 5
            common | ,{'type':'integer','maximum':9}           | ~~                                   | event.json.any.oneOf1 was removed
            """)
    void aChangeThatBreaksReadersOrWritersIsFound(String file, String part, String becomes, String finding)
            throws Exception {
        boolean inEvent = file.equals("event");
        assertThat(inEvent ? EVENT : COMMON).contains(part);

        List<String> breaks = SchemaEvolution.breaks(
                schemas(EVENT, COMMON),
                schemas(
                        inEvent ? EVENT.replace(part, becomes) : EVENT,
                        inEvent ? COMMON : COMMON.replace(part, becomes)));

        assertThat(breaks).contains(finding);
    }

    @Test
    void aRemovedFileIsFound() throws Exception {
        Map<String, JsonNode> without = schemas(EVENT, COMMON);
        without.remove("event.json");

        assertThat(SchemaEvolution.breaks(schemas(EVENT, COMMON), without)).containsExactly("event.json was removed");
    }

    @Test
    void optionalAdditionsAreFine() throws Exception {
        String event = EVENT.replace("'any'", "'added':{'type':'string'},'any'");
        String common = COMMON.replace("'a','b'", "'a','b','c'").replace("'maximum':9", "'description':'any number'");

        assertThat(SchemaEvolution.breaks(schemas(EVENT, COMMON), schemas(event, common)))
                .isEmpty();
    }

    private static Map<String, JsonNode> schemas(String event, String common) throws IOException {
        Map<String, JsonNode> files = new TreeMap<>();
        files.put("event.json", JSON.readTree(event.replace('\'', '"')));
        files.put("common.json", JSON.readTree(common.replace('\'', '"')));
        return files;
    }

    private static Map<String, JsonNode> read(Path folder) throws IOException {
        Map<String, JsonNode> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), JSON.readTree(Files.readString(file)));
            }
        }
        return files;
    }
}
