package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DecisionMade;
import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.memory.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of which every event comes twice and none in its turn, with every service in this process. */
@Timeout(2 * DisorderedRunIT.LONG_SECONDS)
class DisorderedRunIT {
    static final int LONG_SECONDS = 240;

    private static final Duration LONG = Duration.ofSeconds(LONG_SECONDS);
    private static final long SEED = 7;
    /** More than a planner has under way at once. */
    private static final int TRIALS = 5;

    private static final int FEW_TRIALS = 2;

    @TempDir
    Path folder;

    /** What is done between the end of the first data set and the drop of the second. */
    private interface Interlude {
        void play(InMemoryEventBus bus);
    }

    /**
     * What came of two data sets.
     *
     * @param delivered every event, as often as it came
     * @param ends how each data set ended, by its name: its leaderboard without times, or what else there was
     */
    private record Pass(List<Envelope<? extends Event>> delivered, Map<String, String> ends) {}

    @Test
    void runsWhoseEventsComeTwiceAndInDisorderEndOnceAndAsUndisturbed() throws Exception {
        Pass undisturbed = pass("undisturbed", Transport.PROMPT, bus -> {});
        Pass disordered;
        try (DisorderedTransport disorder = new DisorderedTransport(SEED)) {
            // As after a group's position was set back: every event once more, long after its run has ended.
            disordered = pass("disordered", disorder, bus -> {
                disorder.awaitDelivery();
                disorder.everythingAgain().forEach(bus::append);
            });
            disorder.awaitDelivery();
            // Of what is published at once some overtakes the rest, however fast this machine is.
            List<String> inTurn = new ArrayList<>(disorder.published());
            inTurn.retainAll(firstComing(disordered));
            assertThat(firstComing(disordered)).hasSameSizeAs(inTurn).isNotEqualTo(inTurn);
        }
        assertThat(decisions(undisturbed)).hasSize(2).allSatisfy(numbers -> assertThat(numbers)
                .isSorted());
        assertThat(decisions(disordered)).hasSize(2);
        assertThat(disordered.delivered())
                .hasSizeGreaterThan(2 * undisturbed.delivered().size());
        assertThat(disordered.ends()).isEqualTo(undisturbed.ends());
    }

    private Pass pass(String name, Transport transport, Interlude interlude) throws Exception {
        try (MemoryServices services = MemoryServices.start(folder.resolve(name), Clock.systemUTC(), transport)) {
            services.drop("first", "trials=" + TRIALS);
            services.awaitEnd("first", LONG);
            interlude.play(services.bus());
            // Queues and followers take what came before first, so that its end is behind what the repetition has led
            // to.
            services.drop("second", "trials=" + FEW_TRIALS);
            services.awaitEnd("second", LONG);
            assertThat(services.get("/runs").get("runs")).hasSize(2);
            assertThat(services.get("/models").get("models")).hasSize(2);
            assertThat(services.deadLetters()).isEmpty();
            return new Pass(services.bus().published(), services.ends());
        }
    }

    /** The ids of a pass's events in the order in which they first came. */
    private static List<String> firstComing(Pass pass) {
        return pass.delivered().stream().<String>map(Envelope::id).distinct().toList();
    }

    /** Of each run the numbers of its decisions in the order in which they first came; the planner publishes them in theirs. */
    private static Collection<List<Long>> decisions(Pass pass) {
        Set<String> seen = new HashSet<>();
        Map<String, List<Long>> byRun = new TreeMap<>();
        for (Envelope<? extends Event> envelope : pass.delivered()) {
            if (envelope.event() instanceof DecisionMade decision && seen.add(envelope.id())) {
                byRun.computeIfAbsent(envelope.runId(), run -> new ArrayList<>())
                        .add(decision.number());
            }
        }
        return byRun.values();
    }
}
