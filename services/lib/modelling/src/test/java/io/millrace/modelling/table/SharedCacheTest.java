package io.millrace.modelling.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.ColumnKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedCacheTest {
    private final SharedCache<String, Table> cache = new SharedCache<>(2);
    private final AtomicInteger loads = new AtomicInteger();

    private Table load() {
        loads.incrementAndGet();
        return new Tables().with(ColumnKind.NUMERIC, 1).regression(1);
    }

    @Test
    void aValueIsMadeOnce() {
        Table first = cache.get("a", this::load);

        assertThat(cache.get("a", this::load)).isSameAs(first);
        assertThat(loads).hasValue(1);
    }

    @Test
    void asManyAreKeptAsWereAskedForLast() {
        Table a = cache.get("a", this::load);
        cache.get("b", this::load);
        cache.get("a", this::load);
        cache.get("c", this::load);

        assertThat(cache.get("a", this::load)).isSameAs(a);
        assertThat(loads).hasValue(3);
        cache.get("b", this::load);
        assertThat(loads).hasValue(4);
    }

    @Test
    void twoThreadsThatAskAtOnceShareOneValue() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Table> first = threads.submit(() -> cache.get("a", () -> {
                loading.countDown();
                await(go);
                return load();
            }));
            loading.await();
            Future<Table> second = threads.submit(() -> cache.get("a", this::load));
            go.countDown();

            assertThat(second.get()).isSameAs(first.get());
            assertThat(loads).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatFailedIsTriedAgain() {
        assertThatThrownBy(() -> cache.get("a", () -> {
                    throw new IllegalStateException("the store is away");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the store is away");

        assertThat(cache.get("a", this::load)).isNotNull();
    }

    @Test
    void aValueThatDoesNotFitIntoMemoryIsToldAsThat() {
        assertThatThrownBy(() -> cache.get("a", () -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
