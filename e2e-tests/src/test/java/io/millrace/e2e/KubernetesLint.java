package io.millrace.e2e;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Kubernetes' own OpenAPI description, as its Java client was generated from it, says of manifests: unknown and missing
 * fields at any depth. Resources of operators (KEDA, Prometheus, Strimzi) are not its own.
 */
final class KubernetesLint {
    private static final Gson GSON = new Gson();
    private static final Map<String, Model> OWN = Map.of(
            "v1/ConfigMap", V1ConfigMap::validateJsonElement,
            "v1/Namespace", V1Namespace::validateJsonElement,
            "v1/Secret", V1Secret::validateJsonElement,
            "v1/Service", V1Service::validateJsonElement,
            "apps/v1/Deployment", V1Deployment::validateJsonElement,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

    private KubernetesLint() {}

    /** Throws what it finds wrong. */
    private interface Model {
        void check(JsonElement document) throws IOException;
    }

    /** Group, version and kind. */
    static String type(Map<String, Object> document) {
        return document.get("apiVersion") + "/" + document.get("kind");
    }

    /** Whether it is a kind of Kubernetes itself. */
    static boolean knows(Map<String, Object> document) {
        return OWN.containsKey(type(document));
    }

    /** Faults of those documents that are of Kubernetes itself, the first of each. */
    static List<String> faults(List<Map<String, Object>> documents) throws IOException {
        List<String> faults = new ArrayList<>();
        for (Map<String, Object> document : documents) {
            if (knows(document)) {
                try {
                    OWN.get(type(document)).check(GSON.toJsonTree(document));
                } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
                    faults.add(type(document) + ": " + e.getMessage());
                }
            }
        }
        return faults;
    }
}
