package io.millrace.gateway.http;

import io.millrace.http.Role;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every route of the gateway; {@code openapi.yaml} has an entry for each of them and for nothing else. */
enum Endpoint {
    RUNS("GET", "/runs", Optional.of(Role.READ)),
    RUN("GET", "/runs/{id}", Optional.of(Role.READ)),
    LEADERBOARD("GET", "/runs/{id}/leaderboard", Optional.of(Role.READ)),
    TRIAL("GET", "/runs/{id}/trials/{trial}", Optional.of(Role.READ)),
    RANGE_TESTS("GET", "/runs/{id}/range-tests", Optional.of(Role.READ)),
    EXPLANATION("GET", "/runs/{id}/explanation", Optional.of(Role.READ)),
    EVENTS("GET", "/runs/{id}/events", Optional.of(Role.READ)),
    MODELS("GET", "/models", Optional.of(Role.READ)),
    MODEL("GET", "/models/{name}", Optional.of(Role.READ)),
    ARCHIVE("GET", "/models/{name}/archive", Optional.of(Role.READ)),
    UPLOAD("POST", "/datasets", Optional.of(Role.SUBMIT)),
    OPENAPI("GET", "/openapi.yaml", Optional.empty()),
    PAGE("GET", "/", Optional.empty()),
    SCRIPT("GET", "/app.js", Optional.empty()),
    STYLE("GET", "/style.css", Optional.empty());

    private final String method;
    private final String template;
    private final Optional<Role> role;

    Endpoint(String method, String template, Optional<Role> role) {
        this.method = method;
        this.template = template;
        this.role = role;
    }

    /** What a caller must be; absent for what is the same for everybody and tells of no run. */
    Optional<Role> role() {
        return role;
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
