package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ports of the loopback interface. */
final class LoopbackPorts {
    private LoopbackPorts() {}

    /** A port that is free now. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The port noted in a file where that is still free, else a free one; notes it for the next start. */
    static int remembered(Path note) throws IOException {
        int port = noted(note);
        if (port == 0 || !isFree(port)) {
            port = free();
            Files.writeString(note, Integer.toString(port));
        }
        return port;
    }

    private static int noted(Path note) throws IOException {
        if (!Files.exists(note)) {
            return 0;
        }
        String text = Files.readString(note).strip();
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the broker binds: connections of the previous process that are still in TIME_WAIT do not matter.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
