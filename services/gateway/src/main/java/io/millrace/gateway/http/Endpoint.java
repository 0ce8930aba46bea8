package io.millrace.gateway.http;

import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Every route of the gateway; {@code openapi.yaml} has an entry for each of them and for nothing else. */
enum Endpoint {
    RUNS("GET", "/runs"),
    RUN("GET", "/runs/{id}"),
    LEADERBOARD("GET", "/runs/{id}/leaderboard"),
    TRIAL("GET", "/runs/{id}/trials/{trial}"),
    RANGE_TESTS("GET", "/runs/{id}/range-tests"),
    EXPLANATION("GET", "/runs/{id}/explanation"),
    EVENTS("GET", "/runs/{id}/events"),
    MODELS("GET", "/models"),
    MODEL("GET", "/models/{name}"),
    ARCHIVE("GET", "/models/{name}/archive"),
    UPLOAD("POST", "/datasets"),
    OPENAPI("GET", "/openapi.yaml"),
    PAGE("GET", "/"),
    SCRIPT("GET", "/app.js"),
    STYLE("GET", "/style.css");

    private final String method;
    private final String template;

    Endpoint(String method, String template) {
        this.method = method;
        this.template = template;
    }

    HttpMethod method() {
        return HttpMethod.valueOf(method);
    }

    /** Path as OpenAPI writes it, such as {@code /runs/{id}}. */
    String template() {
        return template;
    }

    /** Path as Vert.x writes it, such as {@code /runs/:id}. */
    String path() {
        return template.replaceAll("\\{(\\w+)}", ":$1");
    }

    /** Methods that a path takes, as the header Allow lists them. */
    static String methodsOf(String path) {
        return Arrays.stream(values())
                .filter(e -> path.matches(e.template.replaceAll("\\{\\w+}", "[^/]+")))
                .map(e -> e.method)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
