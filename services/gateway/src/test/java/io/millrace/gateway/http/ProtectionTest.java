package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionTest {
    private static LoopbackServer server;

    @BeforeAll
    static void aServerThatAsksNobody() {
        server = new LoopbackServer(Protection::requireLoopback, ProtectionTest::answer);
    }

    private static void answer(RoutingContext ctx) {
        ctx.response().end("for this machine");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:80", "127.1.2.3", "[::1]", "[::1]:9"})
    void whatIsAddressedToThisMachineIsAnswered(String host) throws IOException {
        assertThat(answerTo("Host: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: rebound.example\r\n",
                "Host: rebound.example:8080\r\n",
                "Host: localhost.rebound.example\r\n",
                "Host: 127.0.0.1.rebound.example\r\n",
                "Host: 192.168.1.5\r\n",
                "Host: [2001:db8::1]\r\n",
                "Host: \r\n"
            })
    void whatIsAddressedElsewhereIsRefused(String header) throws IOException {
        assertThat(answerTo(header)).startsWith("HTTP/1.1 403 ").contains("Foreign host");
    }

    private static String answerTo(String headers) throws IOException {
        try (Socket socket = server.connect()) {
            LoopbackServer.ask(socket, headers + "Connection: close\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
