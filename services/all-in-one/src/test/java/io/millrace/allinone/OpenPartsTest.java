package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.allinone.OpenParts.Layer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final OpenParts parts = new OpenParts(threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void closingWaitsForAPartThatStillStartsAndClosesItToo() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        CompletableFuture<AutoCloseable> slow = parts.start(Layer.SERVERS, () -> {
            await(ready);
            return () -> closed.add("slow");
        });
        parts.start(Layer.SERVERS, () -> {
            throw new IllegalStateException("its port is taken");
        });
        CompletableFuture<Void> closing = CompletableFuture.runAsync(parts::close, threads);
        assertThatThrownBy(() -> closing.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        ready.countDown();
        closing.get(20, TimeUnit.SECONDS);

        assertThat(closed).containsExactly("slow");
        assertThatThrownBy(slow::join).isInstanceOf(CompletionException.class).hasMessageContaining("stopped");
    }

    @Test
    void layersAreClosedFromTheTop() {
        parts.keep(Layer.SERVERS, (AutoCloseable) () -> closed.add("server"));
        parts.keep(Layer.SERVICES, (AutoCloseable) () -> closed.add("service"));
        parts.keep(Layer.CONNECTIONS, (AutoCloseable) () -> closed.add("connection"));
        parts.close();
        parts.close();

        assertThat(closed).containsExactly("service", "connection", "server");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
