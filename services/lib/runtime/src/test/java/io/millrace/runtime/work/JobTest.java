package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(2, Duration.ZERO, Duration.ZERO);

    private final List<Envelope<? extends Event>> published = new ArrayList<>();
    private final Envelope<DatasetSubmitted> input =
            SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"));

    @Test
    void theRecordIsDoneOnlyAfterWhatItLedToIsPublished() {
        Job<DatasetSubmitted> job =
                job((event, work) -> List.of(new Emission("churn", SampleEvents.rejected("churn"))), published::addAll);
        assertThat(job.run(input, new CancellableLease(1))).isEqualTo(Disposition.ACCEPT);
        assertThat(published).singleElement().satisfies(event -> {
            assertThat(event.runId()).isEqualTo("run-1");
            assertThat(event.source()).isEqualTo("/millrace/profiler");
            assertThat(event.time()).isEqualTo(SampleEvents.NOON);
        });
    }

    @Test
    void aBrokerThatIsAwayGivesTheRecordBack() {
        Job<DatasetSubmitted> job =
                job((event, work) -> List.of(new Emission("churn", SampleEvents.rejected("churn"))), events -> {
                    throw new EventHandlingException(Kind.RETRYABLE, "away", null);
                });
        assertThat(job.run(input, new CancellableLease(1))).isEqualTo(Disposition.RELEASE);
    }

    @Test
    void anOutcomeThatIsNoEventIsPoisonAndTheFailureIsTold() {
        Job<DatasetSubmitted> job = job(
                (event, work) -> List.of(new Emission(
                        "large", new DatasetRejected("churn", "x".repeat(CloudEvents.VALUE_LIMIT), "large", "none"))),
                events -> {
                    events.forEach(CloudEvents::encode);
                    published.addAll(events);
                });
        assertThat(job.run(input, new CancellableLease(1))).isEqualTo(Disposition.REJECT);
        assertThat(published).singleElement().satisfies(event -> assertThat(((DatasetRejected) event.event()).message())
                .contains("cannot be published"));
    }

    @Test
    void aRecordWhoseDeliveriesRunOutIsPutBackAsNewUnderItsId() {
        Job<DatasetSubmitted> job = job(
                (event, work) -> {
                    throw new AssertionError("a worker that dies now would have the broker bury the record");
                },
                published::addAll);
        assertThat(job.run(input, new CancellableLease(Job.MOST_DELIVERIES - 1)))
                .isEqualTo(Disposition.ACCEPT);
        assertThat(published).singleElement().isEqualTo(input);
    }

    @Test
    void theFailureOfTheLastTryIsToldAsItWas() {
        Job<DatasetSubmitted> job = job(
                (event, work) -> {
                    throw new LastTryFailedException(new IllegalStateException("a bug"));
                },
                published::addAll);
        assertThat(job.run(input, new CancellableLease(1))).isEqualTo(Disposition.REJECT);
        assertThat(published).singleElement().satisfies(event -> assertThat(((DatasetRejected) event.event()).message())
                .isEqualTo("a bug"));
    }

    @Test
    void aFailureBeforeTheLastTryGivesTheRecordBackHoweverOftenItWasDelivered() {
        Job<DatasetSubmitted> job = job(
                (event, work) -> {
                    throw new EventHandlingException(Kind.RETRYABLE, "away", null);
                },
                published::addAll);
        assertThat(job.run(input, new CancellableLease(RETRIES.attempts() + 1))).isEqualTo(Disposition.RELEASE);
        assertThat(published).isEmpty();
    }

    @Test
    void aFailureThatCannotBeToldYetIsToldLater() {
        List<Integer> tries = new ArrayList<>();
        Job<DatasetSubmitted> job = job(
                (event, work) -> {
                    throw new EventHandlingException(Kind.POISON, "broken", null);
                },
                events -> {
                    tries.add(1);
                    if (tries.size() < 3) {
                        throw new EventHandlingException(Kind.RETRYABLE, "away", null);
                    }
                    published.addAll(events);
                });
        assertThat(job.run(input, new CancellableLease(1))).isEqualTo(Disposition.REJECT);
        assertThat(tries).hasSize(3);
        assertThat(published).hasSize(1);
    }

    @Test
    void aCancelledJobGivesTheRecordBackEvenInItsLastTry() {
        CancellableLease lease = new CancellableLease(1);
        Job<DatasetSubmitted> job = job(
                (event, work) -> {
                    lease.cancel();
                    throw new LastTryFailedException(new IllegalStateException("stopped half way"));
                },
                published::addAll);
        assertThat(job.run(input, lease)).isEqualTo(Disposition.RELEASE);
        assertThat(published).isEmpty();
    }

    @Test
    void pausesGrowAndAreBounded() {
        RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(10));
        assertThat(policy.pauseAfter(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.pauseAfter(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.pauseAfter(4)).isEqualTo(Duration.ofSeconds(10));
    }

    private static Job<DatasetSubmitted> job(
            EventHandler<DatasetSubmitted> handler, Consumer<List<Envelope<? extends Event>>> publish) {
        return new Job<>(
                "millrace-profiler",
                DatasetSubmitted.class,
                handler,
                (event, failure) -> List.of(new Emission(
                        event.subject(), new DatasetRejected("churn", "failed", failure.getMessage(), "none"))),
                RETRIES,
                publish,
                Clock.fixed(SampleEvents.NOON, ZoneOffset.UTC),
                Tracer.OFF);
    }
}
