package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
public final class LoopbackPorts {
    /** Outgoing connections are given ports from 32768 on (Linux) or 49152 on (macOS); none of them may come in between. */
    private static final int LEAST = 10_000;

    private static final int MOST = 32_000;
    private static final int TRIES = 1_000;

    private LoopbackPorts() {}

    /** A port that is free now, and that no outgoing connection takes until it is bound. */
    public static int free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LEAST, MOST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port of the loopback interface is free between " + LEAST + " and " + MOST);
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
