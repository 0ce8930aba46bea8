package io.millrace.modelling.table;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Tables of this process by the sha256 of their file. A table is loaded once, however many threads ask for it at the
 * same time; the two asked for last are kept, so that trials of two runs can take turns.
 */
public final class TableCache {
    private static final int KEPT = 2;

    private final Map<String, CompletableFuture<Table>> tables = new LinkedHashMap<>(4, 0.75f, true);

    /**
     * The table, loaded by the calling thread if no other has it or is at it. What the loader throws is thrown to
     * everyone who waits for it, and the next one to ask tries again.
     */
    public Table get(String sha256, Supplier<Table> loader) {
        CompletableFuture<Table> mine = new CompletableFuture<>();
        CompletableFuture<Table> found;
        synchronized (tables) {
            found = tables.putIfAbsent(sha256, mine);
            if (found == null) {
                dropEldest();
            }
        }
        if (found == null) {
            load(sha256, mine, loader);
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

    private void load(String sha256, CompletableFuture<Table> into, Supplier<Table> loader) {
        try {
            into.complete(loader.get());
        } catch (RuntimeException | Error e) {
            synchronized (tables) {
                tables.remove(sha256, into);
            }
            into.completeExceptionally(e);
        }
    }

    private void dropEldest() {
        Iterator<String> eldest = tables.keySet().iterator();
        while (tables.size() > KEPT) {
            eldest.next();
            eldest.remove();
        }
    }
}
