package io.millrace.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link to a port of this machine that can be cut as a cable is: no connection breaks, nothing arrives. Unlike a network
 * namespace it takes no rights of root.
 */
final class CutLink implements TrainerLink {
    private static final Logger LOG = LoggerFactory.getLogger(CutLink.class);
    private static final int BLOCK = 1 << 14;
    private static final String HERE = "127.0.0.1:";

    private final ServerSocket entrance;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private boolean cut;

    /** @param entrance where clients connect
     * @param target port that they reach
     */
    CutLink(int entrance, int target) throws IOException {
        this.entrance = new ServerSocket(entrance, 0, InetAddress.getLoopbackAddress());
        this.target = target;
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String entrance() {
        return HERE + entrance.getLocalPort();
    }

    @Override
    public String target() {
        return HERE + target;
    }

    @Override
    public List<String> launcher() {
        return List.of();
    }

    /** None: what was sent meanwhile arrives when it is mended. */
    @Override
    public Map<String, String> clients() {
        return Map.of();
    }

    @Override
    public synchronized void cut() {
        cut = true;
    }

    @Override
    public synchronized void mend() {
        cut = false;
        notifyAll();
    }

    private synchronized void awaitWhole() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = keep(entrance.accept());
                Socket server = keep(new Socket(InetAddress.getLoopbackAddress(), target));
                daemon(() -> carry(client, server));
                daemon(() -> carry(server, client));
            } catch (IOException e) {
                LOG.debug("no connection over the link: {}", e.toString());
            }
        }
    }

    private Socket keep(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private void carry(Socket from, Socket to) {
        byte[] block = new byte[BLOCK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                awaitWhole();
                out.write(block, 0, read);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // One side has closed, and with this try the other one is too.
            LOG.debug("a connection over the link ended: {}", e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        mend();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
