package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private static HttpListener server;

    @BeforeAll
    static void aServerThatAsksNobody() {
        server = HttpListener.start("MILLRACE_TEST", "127.0.0.1", 0, AccessConfig.OPEN, (router, access, vertx) -> {
            router.get("/").handler(access.requiring(Role.ADMIN)).handler(ctx -> ctx.response()
                    .end("for this machine"));
            Problems.answerFor(router, path -> "GET", failure -> Optional.empty());
        });
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
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET / HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
