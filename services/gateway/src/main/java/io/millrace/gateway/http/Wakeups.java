package io.millrace.gateway.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who waits for the next event of a run. Safe for use by many threads; what is called must return at once. */
public final class Wakeups {
    private final Map<String, Set<Runnable>> waiting = new ConcurrentHashMap<>();

    /** Calls whoever waits for events of the run. */
    public void wake(String run) {
        waiting.getOrDefault(run, Set.of()).forEach(Runnable::run);
    }

    /** From now on calls this on every wake of the run. */
    void add(String run, Runnable listener) {
        waiting.compute(run, (r, listeners) -> {
            Set<Runnable> all = listeners == null ? ConcurrentHashMap.newKeySet() : listeners;
            all.add(listener);
            return all;
        });
    }

    /** Whether nobody waits, for whichever run. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Calls it no more. */
    void remove(String run, Runnable listener) {
        waiting.computeIfPresent(run, (r, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }
}
