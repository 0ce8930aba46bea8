package io.millrace.allinone;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, in layers. The top layer is closed first, once; the parts of a layer side by side, as they mostly wait. */
final class OpenParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    /** From the bottom up: each stands on those before it. */
    enum Layer {
        SERVERS,
        CONNECTIONS,
        SERVICES
    }

    private final Map<Layer, List<AutoCloseable>> open = new EnumMap<>(Layer.class);
    private final Executor threads;
    private boolean closing;

    /** @param threads a thread for each part that is closed at the same time */
    OpenParts(Executor threads) {
        this.threads = threads;
    }

    /** Remembers a part to be closed; closes it at once when a shutdown came while it started. */
    <T extends AutoCloseable> T keep(Layer layer, T part) {
        synchronized (open) {
            open.computeIfAbsent(layer, l -> new ArrayList<>()).add(part);
            if (!closing) {
                return part;
            }
        }
        close();
        throw new IllegalStateException("stopped while starting");
    }

    @Override
    public void close() {
        synchronized (open) {
            closing = true;
            Layer[] layers = Layer.values();
            for (int i = layers.length - 1; i >= 0; i--) {
                List<AutoCloseable> parts = open.remove(layers[i]);
                if (parts != null) {
                    closeAll(parts);
                }
            }
        }
    }

    private void closeAll(List<AutoCloseable> parts) {
        CompletableFuture.allOf(parts.stream()
                        .map(part -> CompletableFuture.runAsync(() -> close(part), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
        }
    }
}
