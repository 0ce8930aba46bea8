package io.millrace.e2e;

import java.util.Map;
import java.util.TreeMap;

/** docker-compose.yml at the top of the checkout, with its anchors and merge keys resolved. */
final class ComposeFile {
    static final String NAME = "docker-compose.yml";

    private ComposeFile() {}

    /** What the file says of each service, by its name. */
    static Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new TreeMap<>();
        map(Checkout.yaml(NAME).get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    /** Image and tag of a service. */
    static String image(String service) {
        return services().get(service).get("image").toString();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
