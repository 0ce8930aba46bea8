package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The queries of Grafana's dashboards. */
final class Dashboards {
    private Dashboards() {}

    /**
     * One query of one panel.
     *
     * @param sql whether it is for PostgreSQL; otherwise for Prometheus
     */
    record Query(String dashboard, String panel, boolean sql, String text) {
        /** The text with Grafana's variables filled in. */
        String filled(String run) {
            return text.replace("$__rate_interval", "5m").replace("$run", run);
        }
    }

    /** By dashboard, panel and query. */
    static final Comparator<Query> ORDER =
            Comparator.comparing(Query::dashboard).thenComparing(Query::panel).thenComparing(Query::text);

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.path("infra/grafana/dashboards"))) {
            return files.sorted().toList();
        }
    }

    static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        for (Path file : files()) {
            JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
            String title = dashboard.get("title").asText();
            for (JsonNode variable : dashboard.path("templating").path("list")) {
                queries.add(new Query(
                        title,
                        "variable " + variable.get("name").asText(),
                        true,
                        variable.get("query").asText()));
            }
            for (JsonNode panel : dashboard.get("panels")) {
                for (JsonNode target : panel.get("targets")) {
                    boolean sql = target.has("rawSql");
                    queries.add(new Query(
                            title,
                            panel.get("title").asText(),
                            sql,
                            target.get(sql ? "rawSql" : "expr").asText()));
                }
            }
        }
        return queries;
    }
}
