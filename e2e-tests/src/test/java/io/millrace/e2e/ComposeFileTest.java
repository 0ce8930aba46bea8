package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.runtime.ConfigurationException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docker-compose.yml, without an engine: what it says is allowed, known to the services and safe. */
class ComposeFileTest {
    /** {@code $$} is a dollar for the shell inside; {@code ${NAME:-default}} and {@code ${NAME:?message}} come from .env. */
    private static final Pattern INTERPOLATION = Pattern.compile("(?<!\\$)\\$\\{(\\w+)(?::([-?])([^}]*))?}");
    /** The launcher in the image takes these for itself. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("MILLRACE_JAVA_OPTS");

    private final Map<String, Object> file = Checkout.yaml(ComposeFile.NAME);

    @Test
    void itFitsTheSchemaOfTheComposeSpecification() throws Exception {
        ObjectMapper json = new ObjectMapper();
        try (InputStream resource = ComposeFileTest.class.getResourceAsStream("/compose/compose-spec.json")) {
            JsonNode schema = json.readTree(resource);
            // "id" is no keyword of the dialect that the schema names.
            schema.findParents("id").stream()
                    .filter(node -> node.get("id").isTextual())
                    .forEach(node -> ((ObjectNode) node).remove("id"));
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                            .getSchema(schema.toString(), InputFormat.JSON)
                            .validate(json.writeValueAsString(file), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void everyServiceIsThereAndKnowsItsVariables() {
        for (String service : ServiceConfigs.services()) {
            assertThat(ComposeFile.services()).containsKey(service);
            assertThat(ComposeFile.services().get(service).get("command")).isEqualTo(List.of(service));
            assertThatCode(() -> ServiceConfigs.check(service, environment(service)))
                    .as(service)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aVariableThatNoServiceKnowsWouldBeFound() {
        Map<String, String> mistyped = environment("trainer");
        mistyped.put("MILLRACE_TRAINER_SLOT", "2");
        assertThatThrownBy(() -> ServiceConfigs.check("trainer", mistyped))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MILLRACE_TRAINER_SLOTS");
    }

    @Test
    void everySecretComesFromTheEnvironmentFileAndNoneIsInTheRepository() {
        String text = Checkout.text(ComposeFile.NAME);
        Map<String, String> example = new TreeMap<>();
        Checkout.text("infra/example.env")
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .forEach(line ->
                        example.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        Set<String> required = new TreeSet<>();
        Matcher names = INTERPOLATION.matcher(text);
        while (names.find()) {
            if (!"-".equals(names.group(2))) {
                required.add(names.group(1));
            }
        }
        assertThat(example.keySet()).isEqualTo(required);
        assertThat(example.values()).as("values in the example").containsOnly("");
        assertThat(Checkout.text(".gitignore").lines()).contains(".env");
        assertThat(text.lines().filter(line -> line.matches(".*(PASSWORD|SECRET_KEY|ACCESS_KEY): .*")))
                .isNotEmpty()
                .allMatch(line -> line.contains("${"));
    }

    @Test
    void modelsAreSignedWithAKeyThatOnlyTheEvaluatorSeesAndTheScorerAsksWhoSigned() {
        ComposeFile.services().forEach((name, service) -> assertThat(mounts(service, "${SIGNING_KEY:"))
                .as(name)
                .isEqualTo(
                        name.equals("evaluator") ? List.of(environment(name).get("MILLRACE_SIGNING_KEY")) : List.of()));
        assertThat(environment("scorer")).doesNotContainKey("MILLRACE_SCORER_ANY_SIGNER");
        assertThat(mounts(ComposeFile.services().get("scorer"), "${TRUSTED_KEYS:"))
                .containsExactly(environment("scorer").get("MILLRACE_TRUSTED_KEYS"));
    }

    /** Where in its container a service sees a file that .env names. */
    private static List<String> mounts(Map<String, Object> service, String source) {
        return list(service.get("volumes")).stream()
                .map(Object::toString)
                .filter(volume -> volume.startsWith(source))
                .map(volume -> volume.split("}:", 2)[1].split(":", 2)[0])
                .toList();
    }

    @Test
    void noContainerRunsAsRootOrCanWriteItsImageOrGrowsWithoutLimit() {
        ComposeFile.services().forEach((name, service) -> {
            assertThat(service.get("user")).as(name).asString().matches("[1-9]\\d*:\\d+");
            assertThat(service.get("read_only")).as(name).isEqualTo(true);
            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
            Map<String, Object> limits = ComposeFile.map(
                    ComposeFile.map(ComposeFile.map(service.get("deploy")).get("resources"))
                            .get("limits"));
            assertThat(limits).as(name).containsKeys("cpus", "memory");
        });
    }

    @Test
    void whatKeepsRunningTellsItsHealthAndPortsAreOpenToThisMachineOnly() {
        ComposeFile.services().forEach((name, service) -> {
            if (!"no".equals(service.get("restart"))) {
                assertThat(service).as(name).containsKey("healthcheck");
            }
            for (Object port : list(service.get("ports"))) {
                assertThat(port).asString().startsWith("127.0.0.1:");
            }
        });
    }

    @Test
    void servicesStartAfterWhatTheyNeedAndHaveNothingThatOneOfThemOnlyCanHave() {
        ComposeFile.services().forEach((name, service) -> conditions(service).forEach((needed, condition) -> {
            Map<String, Object> other = ComposeFile.services().get(needed);
            assertThat(other).as("%s needs %s", name, needed).isNotNull();
            switch (condition) {
                case "service_healthy" -> assertThat(other).as(needed).containsKey("healthcheck");
                case "service_completed_successfully" ->
                    assertThat(other.get("restart")).as(needed).isEqualTo("no");
                default -> assertThat(condition).as("%s needs %s", name, needed).isEqualTo("service_started");
            }
        }));
        for (String service : ServiceConfigs.services()) {
            Map<String, String> conditions = conditions(ComposeFile.services().get(service));
            assertThat(conditions)
                    .as(service)
                    .containsEntry("kafka", "service_healthy")
                    .containsEntry("buckets", "service_completed_successfully");
            if (environment(service).containsKey("MILLRACE_DATABASE_URL")) {
                assertThat(conditions).as(service).containsEntry("postgres", "service_healthy");
            }
        }
        assertThat(ComposeFile.services().get("trainer")).as("--scale").doesNotContainKeys("container_name", "ports");
    }

    private static Map<String, String> conditions(Map<String, Object> service) {
        Map<String, String> conditions = new TreeMap<>();
        if (service.containsKey("depends_on")) {
            ComposeFile.map(service.get("depends_on"))
                    .forEach((needed, how) -> conditions.put(
                            needed, ComposeFile.map(how).get("condition").toString()));
        }
        return conditions;
    }

    @Test
    void whatIsMountedFromTheCheckoutIsThereAndVolumesAreDeclared() {
        Set<String> declared = ComposeFile.map(file.get("volumes")).keySet();
        ComposeFile.services().forEach((name, service) -> {
            for (Object volume : list(service.get("volumes"))) {
                String source = volume.toString().split(":", 2)[0];
                if (source.startsWith("$")) {
                    assertThat(volume.toString()).as("the user's own file").endsWith(":ro");
                    continue;
                }
                if (source.startsWith("./")) {
                    assertThat(Files.exists(Checkout.path(source)))
                            .as("%s of %s", source, name)
                            .isTrue();
                    assertThat(volume.toString()).endsWith(":ro");
                } else if (!source.startsWith("/")) {
                    assertThat(declared).contains(source);
                }
            }
        });
    }

    @Test
    void theScratchFolderIsAVolumeBecauseNativeLibrariesAreUnpackedThere() {
        for (String service : ServiceConfigs.services()) {
            assertThat(list(ComposeFile.services().get(service).get("volumes")).stream()
                            .map(Object::toString))
                    .as("a tmpfs of the short form is small and executes nothing: %s", service)
                    .contains(environment(service).get("MILLRACE_SCRATCH"));
        }
    }

    @Test
    void imagesArePinnedToAVersion() {
        ComposeFile.services().forEach((name, service) -> assertThat(service.get("image"))
                .as(name)
                .asString()
                .matches("[^:]+:.+")
                .doesNotEndWith(":latest"));
    }

    /** {@link BackEnds} takes them where an engine answers, and its containers know no others. */
    @Test
    void theImagesOfTheBackEndsAreThoseThatTestsCanStart() {
        assertThat(ComposeFile.image("kafka")).startsWith("apache/kafka:");
        assertThat(ComposeFile.image("postgres")).startsWith("postgres:");
        assertThat(ComposeFile.image("store")).startsWith("rustfs/rustfs:");
    }

    /** What a service gets, as the engine would fill it in. */
    private Map<String, String> environment(String service) {
        Map<String, String> filled = new TreeMap<>();
        ComposeFile.map(ComposeFile.services().get(service).get("environment"))
                .forEach((key, value) ->
                        filled.put(key, INTERPOLATION.matcher(value.toString()).replaceAll("secret")));
        filled.keySet().removeAll(OF_THE_LAUNCHER);
        return filled;
    }

    private static List<?> list(Object node) {
        return node == null ? List.of() : (List<?>) node;
    }
}
