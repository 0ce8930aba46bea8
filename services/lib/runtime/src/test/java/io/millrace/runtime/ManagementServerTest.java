package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementServerTest {
    private final PrometheusRegistry metrics = new PrometheusRegistry();

    @Test
    void itIsLiveAtOnceAndReadyWhenTheServiceIs() throws Exception {
        AtomicBoolean ready = new AtomicBoolean();
        try (ManagementServer server = ManagementServer.start("127.0.0.1", 0, metrics, ready::get)) {
            assertThat(get(server, "/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
            ready.set(true);
            assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/elsewhere").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aServiceThatCannotSayWhetherItIsReadyIsNot() throws Exception {
        try (ManagementServer server = ManagementServer.start("127.0.0.1", 0, metrics, () -> {
            throw new IllegalStateException("the database is away");
        })) {
            assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void metricsArePrometheusText() throws Exception {
        Counter.builder()
                .name("millrace_test_total")
                .help("help")
                .register(metrics)
                .inc(3);
        try (ManagementServer server = ManagementServer.start("127.0.0.1", 0, metrics, () -> true)) {
            HttpResponse<String> response = get(server, "/metrics");
            assertThat(response.body()).contains("# TYPE millrace_test_total counter", "millrace_test_total 3.0");
            assertThat(response.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/plain");
        }
    }

    /** In a JVM of its own, whose temporary folder nobody else writes to. */
    @Test
    void itWritesNothingThatAKilledProcessWouldLeave(@TempDir Path temporary) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Started.class.getName())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    /** Exits with the number of files in its temporary folder while a server is up. */
    static final class Started {
        private Started() {}

        public static void main(String[] arguments) throws IOException {
            ManagementServer.start("127.0.0.1", 0, new PrometheusRegistry(), () -> true);
            try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                Runtime.getRuntime().halt((int) files.count());
            }
        }
    }

    @Test
    void aTakenPortIsNamed() {
        try (ManagementServer server = ManagementServer.start("127.0.0.1", 0, metrics, () -> true)) {
            assertThatThrownBy(() -> ManagementServer.start("127.0.0.1", server.port(), metrics, () -> true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port())
                    .hasMessageContaining("MILLRACE_HTTP_PORT");
        }
    }

    private static HttpResponse<String> get(ManagementServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        BodyHandlers.ofString());
    }
}
