package io.millrace.runtime.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.memory.InMemoryBlobStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordedHandlerTest {
    private static final String GROUP = "millrace-profiler";
    private static final int ATTEMPTS = 3;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final Envelope<DatasetSubmitted> input =
            SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"));
    private final List<Emission> first = List.of(new Emission("first", SampleEvents.rejected("first")));
    private final List<Emission> second = List.of(new Emission("second", SampleEvents.rejected("second")));

    @Test
    void aRedeliveredEventIsNotHandledAgainAndHasTheSameOutcome() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        RecordedHandler<DatasetSubmitted> handler = recorded((event, work) -> {
            handled.incrementAndGet();
            return first;
        });
        assertThat(handler.handle(input, new CancellableLease(1))).isEqualTo(first);
        assertThat(handler.handle(input, new CancellableLease(2))).isEqualTo(first);
        assertThat(handled).hasValue(1);
        assertThat(blobs.list("")).containsExactly("results/" + GROUP + "/" + input.id() + ".json");
    }

    @Test
    void aStaleWorkerLosesTheRaceAndReturnsTheWinnersOutcome() throws Exception {
        RecordedHandler<DatasetSubmitted> stale = recorded((event, work) -> {
            // While this one is slow, another takes the same event through to its end.
            assertThat(recorded((e, w) -> second).handle(event, work)).isEqualTo(second);
            return first;
        });
        assertThat(stale.handle(input, new CancellableLease(1))).isEqualTo(second);
    }

    @Test
    void aFailureIsNotToldWhereAnotherWorkerCameToAResult() throws Exception {
        RecordedHandler<DatasetSubmitted> handler = recorded((event, work) -> first);
        FailureEvents<DatasetSubmitted> failure = handler.recorded((event, exception) -> second);
        assertThat(handler.handle(input, new CancellableLease(1))).isEqualTo(first);
        assertThatThrownBy(() -> failure.of(input, new IllegalStateException("late")))
                .isInstanceOfSatisfying(StandingOutcomeException.class, e -> assertThat(e.outcome())
                        .isEqualTo(new Outcome(first, false)));
    }

    @Test
    void aFailureThatStandsIsNoResultWhoeverFindsIt() throws Exception {
        RecordedHandler<DatasetSubmitted> slow = recorded((event, work) -> {
            // Meanwhile another gives the event up, and dies before it has rejected the record.
            recorded((e, w) -> first).recorded((e, exception) -> second).of(event, new IllegalStateException("broken"));
            return first;
        });
        for (int delivery = 1; delivery <= 2; delivery++) {
            CancellableLease lease = new CancellableLease(delivery);
            assertThatThrownBy(() -> slow.handle(input, lease))
                    .isInstanceOfSatisfying(StandingOutcomeException.class, e -> assertThat(e.outcome())
                            .isEqualTo(new Outcome(second, true)));
        }
    }

    @Test
    void anEventThatKillsItsWorkerIsGivenUpAlthoughTheBrokerForgotItsDeliveries() {
        RecordedHandler<DatasetSubmitted> handler = recorded((event, work) -> {
            throw new AssertionError("the process is gone");
        });
        for (int i = 0; i < ATTEMPTS; i++) {
            assertThatThrownBy(() -> handler.handle(input, new CancellableLease(1)))
                    .isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> handler.handle(input, new CancellableLease(1)))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.POISON))
                .hasMessageContaining("in each of 3 tries");
    }

    @Test
    void theFailureOfTheLastTryIsMarkedAsSuch() {
        IllegalStateException bug = new IllegalStateException("a bug");
        RecordedHandler<DatasetSubmitted> handler = recorded((event, work) -> {
            throw bug;
        });
        for (int i = 1; i < ATTEMPTS; i++) {
            assertThatThrownBy(() -> handler.handle(input, new CancellableLease(1)))
                    .isSameAs(bug);
        }
        assertThatThrownBy(() -> handler.handle(input, new CancellableLease(1)))
                .isInstanceOfSatisfying(LastTryFailedException.class, e -> assertThat(e.failure())
                        .isSameAs(bug));
    }

    @Test
    void aTryThatWasStoppedFromOutsideDoesNotCount() throws Exception {
        CancellableLease stopped = new CancellableLease(1);
        stopped.cancel();
        RecordedHandler<DatasetSubmitted> interrupted = recorded((event, work) -> {
            throw new IllegalStateException("stopped half way");
        });
        for (int i = 0; i < ATTEMPTS + 1; i++) {
            assertThatThrownBy(() -> interrupted.handle(input, stopped)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(recorded((event, work) -> first).handle(input, new CancellableLease(1)))
                .isEqualTo(first);
    }

    @Test
    void anOutcomeThatCannotBePublishedIsPoisonAndDoesNotStand() throws Exception {
        DatasetRejected large = new DatasetRejected("churn", "x".repeat(CloudEvents.VALUE_LIMIT), "large", "none");
        RecordedHandler<DatasetSubmitted> handler = recorded((event, work) -> List.of(new Emission("large", large)));
        assertThatThrownBy(() -> handler.handle(input, new CancellableLease(1)))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.POISON));
        FailureEvents<DatasetSubmitted> failure = handler.recorded((event, exception) -> second);
        assertThat(failure.of(input, new IllegalStateException("too large"))).isEqualTo(second);
        assertThat(blobs.list("attempts/")).isEmpty();
    }

    @Test
    void aTryThatIsGivenBackBeforeItEndsDoesNotCountEither() throws Exception {
        RecordedHandler<DatasetSubmitted> deaf = recorded((event, work) -> {
            ((CancellableLease) work).giveBack();
            throw new AssertionError("the process is gone");
        });
        for (int i = 0; i < ATTEMPTS + 1; i++) {
            assertThatThrownBy(() -> deaf.handle(input, new CancellableLease(1)))
                    .isInstanceOf(AssertionError.class);
        }
        assertThat(recorded((event, work) -> first).handle(input, new CancellableLease(1)))
                .isEqualTo(first);
    }

    @Test
    void anOutcomeThatCannotBeReadIsPoison() {
        blobs.put("results/" + GROUP + "/" + input.id() + ".json", "[{]".getBytes(UTF_8));
        assertThatThrownBy(() -> recorded((event, work) -> first).handle(input, new CancellableLease(1)))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.POISON))
                .hasMessageContaining("delete it to try again");
    }

    private RecordedHandler<DatasetSubmitted> recorded(EventHandler<DatasetSubmitted> handler) {
        return new RecordedHandler<>(handler, blobs, GROUP, ATTEMPTS);
    }
}
