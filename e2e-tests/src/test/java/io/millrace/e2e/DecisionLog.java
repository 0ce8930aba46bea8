package io.millrace.e2e;

import io.millrace.events.DecisionMade;
import io.millrace.events.EventType;
import io.millrace.runtime.EventBus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The planners' decisions as they were published. */
public final class DecisionLog {
    private final Map<String, Decided> runs = new ConcurrentHashMap<>();

    /** A run's decisions: by number the input, and the time of the latest. */
    private static final class Decided {
        private final Map<Long, String> inputs = new ConcurrentHashMap<>();
        private volatile Instant latest = Instant.EPOCH;
        private volatile long contradicting;

        synchronized void see(DecisionMade decision) {
            String input = decision.input().orElse("the clock at " + decision.at());
            String before = inputs.putIfAbsent(decision.number(), input);
            contradicting += before != null && !before.equals(input) ? 1 : 0;
            latest = decision.at().isAfter(latest) ? decision.at() : latest;
        }

        long twice() {
            return inputs.size() - inputs.values().stream().distinct().count() + contradicting;
        }
    }

    /** Watches from now on. */
    static DecisionLog of(EventBus bus) {
        DecisionLog log = new DecisionLog();
        bus.watch(Set.of(EventType.DECISION_MADE), e -> log.runs
                .computeIfAbsent(e.runId(), run -> new Decided())
                .see(e.as(DecisionMade.class).event()));
        return log;
    }

    /** Decisions so far, a repeated one counted once. */
    public long count() {
        return runs.values().stream().mapToLong(d -> d.inputs.size()).sum();
    }

    /** Inputs that were decided on twice, and decisions that were published in two versions. */
    public long twice() {
        return runs.values().stream().mapToLong(Decided::twice).sum();
    }

    /** Runs that were decided on after a moment. */
    public long runsSince(Instant moment) {
        return runs.values().stream().filter(d -> d.latest.isAfter(moment)).count();
    }
}
