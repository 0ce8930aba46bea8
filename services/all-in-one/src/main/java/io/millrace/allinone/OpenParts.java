package io.millrace.allinone;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
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
    private final List<CompletableFuture<?>> starting = new ArrayList<>();
    private final Executor threads;
    private boolean closing;

    /** @param threads a thread for each part that is started or closed at the same time */
    OpenParts(Executor threads) {
        this.threads = threads;
    }

    /** Starts a part on a thread of its own and keeps it. */
    <T extends AutoCloseable> CompletableFuture<T> start(Layer layer, Supplier<T> part) {
        synchronized (open) {
            CompletableFuture<T> started = CompletableFuture.supplyAsync(() -> keep(layer, part.get()), threads);
            starting.add(started);
            return started;
        }
    }

    /** Remembers a part to be closed; closes it at once when a shutdown came while it started. */
    <T extends AutoCloseable> T keep(Layer layer, T part) {
        synchronized (open) {
            if (!closing) {
                open.computeIfAbsent(layer, l -> new ArrayList<>()).add(part);
                return part;
            }
        }
        close(part);
        throw new IllegalStateException("stopped while starting");
    }

    /** Waits for what still starts, which would be left behind, and closes it too. */
    @Override
    public void close() {
        CompletableFuture<Void> started;
        synchronized (open) {
            closing = true;
            started = CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new));
        }
        started.exceptionally(failure -> null).join();
        synchronized (open) {
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
