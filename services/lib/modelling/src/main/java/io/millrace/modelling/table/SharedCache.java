package io.millrace.modelling.table;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Values of this process by key. A value is made once, however many threads ask for it at the same time; those asked for last are kept.
 *
 * @param <K> keys, equal where the values are
 * @param <V> values
 */
public final class SharedCache<K, V> {
    private final int kept;
    private final Map<K, CompletableFuture<V>> values = new LinkedHashMap<>(4, 0.75f, true);

    /**
     * @param kept how many values
     */
    public SharedCache(int kept) {
        this.kept = kept;
    }

    /**
     * The value, made by the calling thread if no other has it or is at it. What the maker throws is thrown to everyone who waits for
     * it, and the next one to ask tries again.
     */
    public V get(K key, Supplier<V> maker) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> found;
        synchronized (values) {
            found = values.putIfAbsent(key, mine);
            if (found == null) {
                dropEldest();
            }
        }
        if (found == null) {
            make(key, mine, maker);
            found = mine;
        }
        try {
            return found.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void make(K key, CompletableFuture<V> into, Supplier<V> maker) {
        try {
            into.complete(maker.get());
        } catch (RuntimeException | Error e) {
            synchronized (values) {
                values.remove(key, into);
            }
            into.completeExceptionally(e);
        }
    }

    private void dropEldest() {
        Iterator<K> eldest = values.keySet().iterator();
        while (values.size() > kept) {
            eldest.next();
            eldest.remove();
        }
    }
}
