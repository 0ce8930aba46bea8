package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.events.EventType;
import io.millrace.runtime.metrics.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** infra/kubernetes, without a cluster: whole, known to the services, safe. */
class KubernetesTest {
    private static final String FOLDER = "infra/kubernetes/";

    private final Map<String, Object> kustomization = Checkout.yaml(FOLDER + "kustomization.yaml");
    private final Map<String, Object> hardened = pod(Checkout.yaml(FOLDER + "hardened.yaml"));
    private final List<Map<String, Object>> documents = new ArrayList<>();

    KubernetesTest() {
        for (Object resource : list(kustomization.get("resources"))) {
            documents.addAll(Checkout.documents(FOLDER + resource));
        }
    }

    @Test
    void secretsAreNotPartOfItAndTheExampleHoldsNone() {
        assertThat(ofKind("Secret")).isEmpty();
        for (Map<String, Object> secret : Checkout.documents(FOLDER + "secret.example.yaml")) {
            map(secret.getOrDefault("stringData", secret.get("data"))).forEach((key, value) -> {
                if (key.endsWith("PASSWORD") || key.endsWith("_KEY") || key.endsWith(".pem")) {
                    assertThat(value).as(key).isEqualTo("");
                }
            });
        }
    }

    @Test
    void everyServiceIsDeployedAndKnowsItsVariables() {
        assertThat(ofKind("Deployment").keySet()).containsExactlyElementsOf(ServiceConfigs.services());
        ofKind("Deployment").forEach((service, deployment) -> {
            assertThat(container(pod(deployment)).get("args")).isEqualTo(List.of(service));
            assertThatCode(() -> ServiceConfigs.check(service, variables(pod(deployment))))
                    .as(service)
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void modelsAreSignedWithAKeyThatOnlyTheEvaluatorSeesAndTheScorerAsksWhoSigned() {
        ofKind("Deployment").forEach((service, deployment) -> assertThat(
                        pod(deployment).toString().contains("millrace-signing-key"))
                .as(service)
                .isEqualTo(service.equals("evaluator")));
        assertThat(mounted("evaluator", "signing-key")).isEqualTo("MILLRACE_SIGNING_KEY in /etc/millrace/signing");
        assertThat(mounted("scorer", "trusted-keys")).isEqualTo("MILLRACE_TRUSTED_KEYS in /etc/millrace/trusted");
        assertThat(variables(pod(ofKind("Deployment").get("scorer")))).doesNotContainKey("MILLRACE_SCORER_ANY_SIGNER");
    }

    /** Where a volume is mounted, and which variable names a file there. */
    private String mounted(String service, String volume) {
        Map<String, Object> pod = pod(ofKind("Deployment").get(service));
        String folder = list(container(pod).get("volumeMounts")).stream()
                .map(KubernetesTest::map)
                .filter(mount -> mount.get("name").equals(volume))
                .map(mount -> mount.get("mountPath").toString())
                .findFirst()
                .orElseThrow();
        return variables(pod).entrySet().stream()
                        .filter(variable -> variable.getValue().startsWith(folder + "/"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(", "))
                + " in " + folder;
    }

    @Test
    void podsFitTheRestrictedStandard() {
        assertThat(map(hardened.get("securityContext")))
                .containsEntry("runAsNonRoot", true)
                .containsKey("seccompProfile");
        assertThat(map(container(hardened).get("securityContext")))
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(container(hardened)).containsKeys("livenessProbe", "readinessProbe", "startupProbe");
        ofKind("Deployment").forEach((name, deployment) -> assertThat(
                        map(map(container(pod(deployment)).get("resources")).get("limits")))
                .as(name)
                .containsKeys("cpu", "memory"));
    }

    @Test
    void theScratchFolderIsAVolumeOnDiskBecauseNativeLibrariesAreUnpackedThere() {
        Map<String, Object> mount = list(container(hardened).get("volumeMounts")).stream()
                .map(KubernetesTest::map)
                .filter(m -> m.get("mountPath").equals(variables(hardened).get("MILLRACE_SCRATCH")))
                .findFirst()
                .orElseThrow();
        assertThat(list(hardened.get("volumes")).stream().map(KubernetesTest::map))
                .filteredOn(volume -> volume.get("name").equals(mount.get("name")))
                .singleElement()
                .satisfies(volume -> assertThat(map(volume.get("emptyDir")))
                        .doesNotContainKey("medium")
                        .hasEntrySatisfying(
                                "sizeLimit", size -> assertThat(size.toString()).matches("[1-9]\\d*Gi")));
    }

    @Test
    void whatScalesIsThereAndAsksForALagThatThereIs() {
        Map<String, Map<String, Object>> scaled = ofKind("ScaledObject");
        assertThat(scaled.keySet()).containsExactly("range-tester", "trainer");
        scaled.forEach((name, object) -> {
            assertThat(map(map(object.get("spec")).get("scaleTargetRef"))).containsEntry("name", name);
            assertThat(map(ofKind("Deployment").get(name).get("spec")))
                    .as("replicas are KEDA's")
                    .doesNotContainKey("replicas");
            assertThat(object.toString()).contains(Measure.QUEUE_LAG.metric() + "{service=\"" + name + "\"");
        });
    }

    @Test
    void budgetsLeaveRoomToMoveEveryPod() {
        ofKind("PodDisruptionBudget").forEach((name, budget) -> {
            Map<String, Object> spec = map(budget.get("spec"));
            if (spec.containsKey("minAvailable")) {
                assertThat((Integer)
                                map(ofKind("Deployment").get(name).get("spec")).get("replicas"))
                        .as(name)
                        .isGreaterThan((Integer) spec.get("minAvailable"));
            }
        });
    }

    @Test
    void everyServiceIsFencedOffAndNobodyElseInTheNamespace() {
        Map<String, Object> fence = map(ofKind("NetworkPolicy").get("deny").get("spec"));
        assertThat(fence)
                .containsEntry("policyTypes", List.of("Ingress", "Egress"))
                .doesNotContainKeys("ingress", "egress");
        Map<String, Object> fenced = map(map(fence.get("podSelector")).get("matchLabels"));
        assertThat(fenced).containsExactly(Map.entry("app.kubernetes.io/part-of", "millrace"));
        ofKind("Deployment").forEach((service, deployment) -> {
            Map<String, Object> template = map(map(deployment.get("spec")).get("template"));
            assertThat(map(map(template.get("metadata")).get("labels")))
                    .as(service)
                    .containsAllEntriesOf(fenced);
        });
    }

    @Test
    void everyEventHasItsTopic() {
        assertThat(ofKind("KafkaTopic").keySet())
                .containsAll(
                        Arrays.stream(EventType.values()).map(EventType::topic).toList())
                .contains("millrace.dataset.dropped");
    }

    @Test
    void theServicesMayReadDeadLettersWhichTheyTellOfAndSettleThem() {
        Map<String, Object> user = map(ofKind("KafkaUser").get("millrace-kafka").get("spec"));
        assertThat(list(map(user.get("authorization")).get("acls")).stream().map(KubernetesTest::map))
                .filteredOn(acl -> map(acl.get("resource")).get("name").equals("dlq.millrace-"))
                .singleElement()
                .satisfies(acl -> assertThat(list(acl.get("operations")))
                        .isEqualTo(List.of("Create", "Delete", "Describe", "Read", "Write")));
    }

    @Test
    void theAlertsAreThoseOfTheRulesFile() {
        assertThat(map(ofKind("PrometheusRule").get("millrace").get("spec")).get("groups"))
                .isEqualTo(Checkout.yaml("infra/prometheus/rules.yml").get("groups"));
    }

    @Test
    void whatIsOfKubernetesItselfHasTheFieldsThatItKnows() throws Exception {
        assertThat(documents.stream().filter(d -> !KubernetesLint.knows(d)).map(KubernetesLint::type))
                .as("kinds of operators")
                .containsOnly(
                        "keda.sh/v1alpha1/ScaledObject",
                        "monitoring.coreos.com/v1/PodMonitor",
                        "monitoring.coreos.com/v1/PrometheusRule",
                        "kafka.strimzi.io/v1/KafkaTopic",
                        "kafka.strimzi.io/v1/KafkaUser");
        assertThat(KubernetesLint.faults(documents)).isEmpty();
        assertThat(KubernetesLint.faults(Checkout.documents(FOLDER + "secret.example.yaml")))
                .isEmpty();
        assertThat(KubernetesLint.faults(Checkout.documents(FOLDER + "hardened.yaml")))
                .as("a patch is no whole deployment, but what it has is known")
                .allSatisfy(fault -> assertThat(fault).contains("required field"));
    }

    @Test
    void theLintFindsWhatKubernetesWouldRefuse() throws Exception {
        String manifest = Checkout.text(FOLDER + "services.yaml");
        for (Map.Entry<String, String> mistake : Map.of(
                        "minAvailable: 1", "minAvailabel: 1",
                        "containers:", "containres:",
                        "requests: {cpu", "wishes: {cpu",
                        "    matchLabels: {app", "    matchLables: {app")
                .entrySet()) {
            String wrong = manifest.replace(mistake.getKey(), mistake.getValue());
            assertThat(wrong).isNotEqualTo(manifest);
            assertThat(KubernetesLint.faults(Checkout.parsed(wrong)))
                    .as(mistake.getValue())
                    .isNotEmpty();
        }
    }

    @Test
    void kustomizeRendersIt() throws Exception {
        assumeTrue(
                Tools.find("kustomize").isPresent(),
                "kustomize is not installed: go install sigs.k8s.io/kustomize/kustomize/v5@v5.7.1");
        String rendered = Tools.run(Checkout.path(FOLDER), "kustomize", "build", ".");
        assertThat(KubernetesLint.faults(Checkout.parsed(rendered))).isEmpty();
        assertThat(rendered.lines().filter(line -> line.startsWith("kind: ")))
                .as("every document, and the generated configuration")
                .hasSize(documents.size() + 1);
        assertThat(rendered.lines().filter(line -> line.contains("readOnlyRootFilesystem: true")))
                .hasSize(ofKind("Deployment").size());
    }

    /** What the container of a deployment gets: generated configuration, secrets, the patch's and its own. */
    private Map<String, String> variables(Map<String, Object> pod) {
        Map<String, String> variables = new TreeMap<>();
        for (Object literal :
                list(map(list(kustomization.get("configMapGenerator")).get(0)).get("literals"))) {
            String[] pair = literal.toString().split("=", 2);
            variables.put(pair[0], pair[1]);
        }
        map(Checkout.documents(FOLDER + "secret.example.yaml").get(0).get("stringData"))
                .keySet()
                .forEach(key -> variables.put(key, secret(key)));
        Stream.concat(
                        list(container(hardened).get("env")).stream(),
                        list(container(pod).get("env")).stream())
                .map(KubernetesTest::map)
                .forEach(entry -> variables.put(
                        entry.get("name").toString(),
                        entry.getOrDefault("value", secret(entry.get("name").toString()))
                                .toString()));
        variables.remove("MILLRACE_JAVA_OPTS"); // the launcher's
        return variables;
    }

    /** The example's value where it gives one, such as a database's address. */
    private static String secret(String key) {
        return Checkout.documents(FOLDER + "secret.example.yaml").stream()
                .map(secret -> map(secret.getOrDefault("stringData", Map.of()))
                        .getOrDefault(key, "")
                        .toString())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("secret");
    }

    private Map<String, Map<String, Object>> ofKind(String kind) {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        documents.stream()
                .filter(document -> kind.equals(document.get("kind")))
                .forEach(document ->
                        found.put(map(document.get("metadata")).get("name").toString(), document));
        return found;
    }

    private static Map<String, Object> pod(Map<String, Object> deployment) {
        return map(map(map(deployment.get("spec")).get("template")).get("spec"));
    }

    private static Map<String, Object> container(Map<String, Object> pod) {
        return map(list(pod.get("containers")).get(0));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<?> list(Object node) {
        return (List<?>) node;
    }
}
