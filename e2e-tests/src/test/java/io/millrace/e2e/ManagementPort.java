package io.millrace.e2e;

import io.millrace.embedded.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Where a service's process answers {@code /live}, {@code /ready} and {@code /metrics}. */
record ManagementPort(int number) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** One that nobody listens on yet. */
    static ManagementPort free() throws IOException {
        return new ManagementPort(LoopbackPorts.free());
    }

    /** Status of the answer, 0 while there is none. */
    int status(String path) {
        return get(path).map(HttpResponse::statusCode).orElse(0);
    }

    /** The answer, empty while there is none. */
    String body(String path) {
        return get(path).map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + number + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
