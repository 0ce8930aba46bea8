package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayAccessTest {
    private static HttpServer server;
    private static URI gateway;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"run\":\"r1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        gateway = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void theTokenOfAFileIsSentToTheGateway() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");

        assertThat(GatewayAccess.of(gateway, token)
                        .get("/runs/r1", JsonNode.class)
                        .path("run")
                        .asText())
                .isEqualTo("r1");
    }

    @Test
    void aGatewayThatAsksForATokenIsNamedWithTheOptionThatGivesIt() throws Exception {
        GatewayAccess access = GatewayAccess.of(gateway, null);

        assertThatThrownBy(() -> access.get("/runs/r1", JsonNode.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("--token-file");
    }

    @Test
    void aTokenIsNotSentInTheClearToAnotherMachine() {
        assertThatThrownBy(() -> new GatewayAccess(URI.create("http://192.0.2.1:8080"), Optional.of("secret")))
                .hasMessageContaining("over https")
                .hasMessageNotContaining("secret");
        assertThat(new GatewayAccess(URI.create("https://192.0.2.1"), Optional.of("secret")).token())
                .isPresent();
    }

    @Test
    void aFileThatHoldsNoTokenIsRefusedWithoutShowingIt() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "two words\n");

        assertThatThrownBy(() -> GatewayAccess.of(gateway, file))
                .hasMessageContaining("holds no token")
                .hasMessageNotContaining("words");
    }
}
