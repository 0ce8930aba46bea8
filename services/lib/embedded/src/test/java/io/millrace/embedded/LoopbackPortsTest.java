package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackPortsTest {
    @TempDir
    Path folder;

    @Test
    void aFreePortCanBeBoundAndIsNoneThatOutgoingConnectionsGet() throws Exception {
        int port = LoopbackPorts.free();
        assertThat(port).isBetween(10_000, 32_000);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void aPortIsKeptAsLongAsNobodyElseHasIt() throws Exception {
        Path note = folder.resolve("port");
        int port = LoopbackPorts.remembered(note);
        assertThat(LoopbackPorts.remembered(note)).isEqualTo(port);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(LoopbackPorts.remembered(note)).isNotEqualTo(taken.getLocalPort());
        }
        Files.writeString(note, "no port");
        assertThat(LoopbackPorts.remembered(note)).isPositive();
    }
}
