package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.embedded.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A Prometheus on loopback that scrapes one target every second. */
final class PrometheusProcess implements AutoCloseable {
    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static PrometheusProcess start(Path folder, int target) throws Exception {
        int port = LoopbackPorts.free();
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"),
                """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: millrace
                    static_configs: [{targets: ['127.0.0.1:%d'], labels: {component: all}}]
                """
                        .formatted(target));
        Process process = new ProcessBuilder(
                        Tools.find("prometheus").orElseThrow().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusProcess prometheus = new PrometheusProcess(process, "http://127.0.0.1:" + port);
        Waiting.until("Prometheus to be ready", Duration.ofMinutes(1), prometheus::isReady);
        return prometheus;
    }

    private boolean isReady() throws Exception {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /** What an instant query answers: a row per series. */
    PanelResult query(String expression) throws Exception {
        HttpResponse<String> response =
                get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (response.statusCode() != 200) {
            throw new AssertionError(expression + ": " + response.body());
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode series : new ObjectMapper().readTree(response.body()).at("/data/result")) {
            TreeMap<String, String> labels = new TreeMap<>();
            series.get("metric")
                    .properties()
                    .forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
            String value = series.get("value").get(1).asText();
            if (!value.equals("NaN")) {
                rows.add(List.of(labels.toString(), value));
            }
        }
        return new PanelResult(List.of("series", "value"), rows);
    }

    /** Scrapes so far. */
    long scrapes() throws Exception {
        List<List<String>> rows = query("count_over_time(up[1h])").rows();
        return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0).get(1));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
