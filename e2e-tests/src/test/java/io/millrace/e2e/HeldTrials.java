package io.millrace.e2e;

import io.millrace.events.Diagnosis;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Trainer and evaluator whose trials all overfit, and who hold the next cure and the next promotion, once told to, until they are let go. */
final class HeldTrials implements EventHandler<TrialRequested> {
    private static final Diagnosis OVERFITTING =
            new Diagnosis(Verdict.GENERALIZATION, 0.8, Map.of("validationRise", 0.2), "It overfits.");

    private enum Kind {
        CURE,
        PROMOTION,
        ANOTHER
    }

    private final Set<Kind> wanted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger held = new AtomicInteger();
    private final Semaphore letGo = new Semaphore(0);

    @Override
    public List<Emission> handle(Envelope<TrialRequested> input, Work work) throws InterruptedException {
        TrialRequested request = input.event();
        if (wanted.remove(kind(request))) {
            held.incrementAndGet();
            letGo.acquire();
        }
        TrialEvaluated e = StandIns.evaluated(StandIns.trained(request, 0.1));
        return List.of(new Emission(
                input.subject(), e.with(e.artifacts(), e.complete(), OVERFITTING, e.stoppedBy(), e.progress())));
    }

    private static Kind kind(TrialRequested request) {
        return request.rung() > 0 ? Kind.PROMOTION : request.cause().isPresent() ? Kind.CURE : Kind.ANOTHER;
    }

    /** One cure and one promotion, whichever comes first. */
    void hold() {
        wanted.addAll(Set.of(Kind.CURE, Kind.PROMOTION));
    }

    boolean isHeld() {
        return held.get() > 0;
    }

    void letGo() {
        held.decrementAndGet();
        letGo.release();
    }
}
