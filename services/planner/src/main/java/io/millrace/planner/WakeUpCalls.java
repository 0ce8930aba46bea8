package io.millrace.planner;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When which run wants the clock asked; the database has the same and is read at start and now and then. */
final class WakeUpCalls {
    private final Map<String, Instant> calls = new ConcurrentHashMap<>();

    void set(String runId, Optional<Instant> at) {
        at.ifPresentOrElse(t -> calls.put(runId, t), () -> calls.remove(runId));
    }

    /** Adds what the database knows of runs that another planner has left. */
    void add(Map<String, Instant> known) {
        known.forEach(calls::putIfAbsent);
    }

    List<String> due(Instant now) {
        return calls.entrySet().stream()
                .filter(e -> !e.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    int active() {
        return calls.size();
    }
}
