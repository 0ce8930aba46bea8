package io.millrace.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.Job;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every bus does alike. Each test has a run and a group of its own, so that the tests can share a broker. */
@Timeout(60)
public abstract class EventBusContract {
    protected static final RetryPolicy RETRIES = new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(50));

    protected final String run = "run-" + UUID.randomUUID();
    protected final String group = "millrace-test-" + UUID.randomUUID();

    /** The bus under test, with {@link #RETRIES}. */
    protected abstract EventBus bus();

    /** Writes a record as a foreign client might. */
    protected abstract void write(WireEvent record);

    /** Waits for this many dead letters of the group and this run, and returns their values. */
    protected abstract List<byte[]> awaitDeadLetters(int count);

    @Test
    void everyEventGoesToOneWorkerOfTheGroupAndNoneIsLostFromBeforeItJoined() throws Exception {
        List<String> subjects = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            subjects.add("s" + i);
            publish(run, "s" + i);
        }
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> handler = ours((input, work) -> {
            handled.add(input.subject());
            return List.of();
        });
        try (Subscription one = bus().work(group, DatasetSubmitted.class, 2, handler);
                Subscription two = bus().work(group, DatasetSubmitted.class, 2, handler)) {
            assertThat(take(handled, 20)).containsExactlyInAnyOrderElementsOf(subjects);
            assertThat(one).isNotSameAs(two);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void whatAHandlerReturnsIsPublishedInTheNameOfItsCause() throws Exception {
        BlockingQueue<Envelope<? extends Event>> seen = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> handler = ours((input, work) -> List.of(
                new Emission("first", SampleEvents.rejected("first")),
                new Emission("second", SampleEvents.rejected("second"))));
        try (Subscription watch = watchRejections(seen);
                Subscription worker = bus().work(group, DatasetSubmitted.class, 1, handler)) {
            Envelope<DatasetSubmitted> cause = publish(run, "churn");
            List<Envelope<? extends Event>> effects = take(seen, 2);
            assertThat(effects)
                    .extracting(Envelope::id)
                    .containsExactly(
                            EventIds.of(EventType.DATASET_REJECTED, cause.id(), 0),
                            EventIds.of(EventType.DATASET_REJECTED, cause.id(), 1));
            assertThat(effects).allSatisfy(effect -> {
                assertThat(effect.causationId()).contains(cause.id());
                assertThat(effect.traceparent()).isEqualTo(cause.traceparent());
                assertThat(effect.source()).isEqualTo("/" + group.replaceFirst("-", "/"));
            });
            assertThat(worker).isNotSameAs(watch);
        }
    }

    @Test
    void anEventWhoseHandlingFailedComesAgain() throws Exception {
        BlockingQueue<Integer> deliveries = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> handler = ours((input, work) -> {
            deliveries.add(work.delivery());
            if (work.delivery() == 1) {
                throw new EventHandlingException(Kind.RETRYABLE, "the store is away", null);
            }
            return List.of();
        });
        try (Subscription worker = bus().work(group, DatasetSubmitted.class, 1, handler)) {
            publish(run, "churn");
            assertThat(take(deliveries, 2)).containsExactly(1, 2);
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void anEventThatFailsEveryTimeIsToldAndBecomesADeadLetter() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        BlockingQueue<Envelope<? extends Event>> seen = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> handler = ours((input, work) -> {
            tries.incrementAndGet();
            throw new IllegalStateException("a bug");
        });
        try (Subscription watch = watchRejections(seen);
                Subscription worker = guarded().work(group, DatasetSubmitted.class, 1, handler, telling())) {
            publish(run, "churn");
            assertThat(take(seen, 1).get(0).event()).isEqualTo(new DatasetRejected("churn", "failed", "a bug", "none"));
            assertThat(awaitDeadLetters(1)).hasSize(1);
            assertThat(tries).hasValue(RETRIES.attempts());
            assertThat(worker).isNotSameAs(watch);
        }
    }

    @Test
    void anEventThatIsGivenBackMoreOftenThanABrokerDeliversIsHandledInTheEnd() throws Exception {
        AtomicInteger givenBack = new AtomicInteger();
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> handler = ours((input, work) -> {
            if (givenBack.incrementAndGet() <= Job.MOST_DELIVERIES + 2) {
                throw new EventHandlingException(Kind.RETRYABLE, "the store is away", null);
            }
            handled.add(input.id());
            return List.of();
        });
        try (Subscription worker = bus().work(group, DatasetSubmitted.class, 1, handler)) {
            Envelope<DatasetSubmitted> event = publish(run, "churn");
            assertThat(take(handled, 1)).containsExactly(event.id());
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void poisonIsToldAndBecomesADeadLetterAtOnce() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        BlockingQueue<Envelope<? extends Event>> seen = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> handler = ours((input, work) -> {
            tries.incrementAndGet();
            throw new EventHandlingException(Kind.POISON, "the blob is missing", null);
        });
        try (Subscription watch = watchRejections(seen);
                Subscription worker = bus().work(group, DatasetSubmitted.class, 1, handler, telling())) {
            Envelope<DatasetSubmitted> cause = publish(run, "churn");
            assertThat(take(seen, 1)).hasSize(1);
            assertThat(awaitDeadLetters(1))
                    .containsExactly(CloudEvents.encode(cause).value());
            assertThat(tries).hasValue(1);
            assertThat(worker).isNotSameAs(watch);
        }
    }

    @Test
    void everyRecordThatIsNoEventBecomesADeadLetterAndTheNextIsHandled() throws Exception {
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> handler = ours((input, work) -> {
            handled.add(input.subject());
            return List.of();
        });
        List<WireEvent> bad = BadEvent.catalogue().stream().map(b -> b.of(run)).toList();
        try (Subscription worker = bus().work(group, DatasetSubmitted.class, 1, handler)) {
            bad.forEach(this::write);
            publish(run, "next");
            assertThat(take(handled, 1)).containsExactly("next");
            assertThat(awaitDeadLetters(bad.size()))
                    .containsExactlyInAnyOrderElementsOf(
                            bad.stream().map(WireEvent::value).toList());
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void closingCancelsAHandlerAndGivesItsEventToAnother() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> slow = ours((input, work) -> {
            begun.countDown();
            while (!work.cancelled()) {
                Thread.onSpinWait();
            }
            throw new IllegalStateException("stopped half way");
        });
        publish(run, "churn");
        try (Subscription first = bus().work(group, DatasetSubmitted.class, 1, slow)) {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(first).isNotNull();
        }
        EventHandler<DatasetSubmitted> quick = ours((input, work) -> {
            handled.add(input.subject());
            return List.of();
        });
        try (Subscription second = bus().work(group, DatasetSubmitted.class, 1, quick)) {
            assertThat(take(handled, 1)).containsExactly("churn");
            assertThat(second).isNotNull();
        }
    }

    @Test
    void whatRunsInSubscriptionsThatCloseTogetherIsToldAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CyclicBarrier both = new CyclicBarrier(2);
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> slow = ours((input, work) -> {
            begun.countDown();
            while (!work.cancelled()) {
                Thread.onSpinWait();
            }
            // Neither ends before the other one is told.
            both.await(60, TimeUnit.SECONDS);
            ended.add(input.subject() + (work.stopping() ? " stops" : " is lost"));
            return List.of();
        });
        Subscription first = bus().work(group, DatasetSubmitted.class, 1, slow);
        Subscription second = bus().work(group + "-b", DatasetSubmitted.class, 1, slow);
        publish(run, "churn");
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        Subscription.closeAll(List.of(first, second));
        assertThat(ended).containsExactly("churn stops", "churn stops");
    }

    @Test
    void aFollowerSeesARunInOrderAndWhatItThrewOnAgain() throws Exception {
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        AtomicInteger failures = new AtomicInteger();
        EventFollower follower = event -> {
            if (event.runId().equals(run)) {
                if (event.subject().equals("s2") && failures.getAndIncrement() < 2) {
                    throw new IllegalStateException("the database is away");
                }
                taken.add(event.subject());
            }
        };
        for (int i = 0; i < 5; i++) {
            publish(run, "s" + i);
        }
        try (Subscription following = bus().follow(group, Set.of(EventType.DATASET_SUBMITTED), follower)) {
            assertThat(take(taken, 5)).containsExactly("s0", "s1", "s2", "s3", "s4");
            assertThat(failures).hasValue(3);
            assertThat(following).isNotNull();
        }
    }

    @Test
    void aFollowerGoesOnWhereItsGroupStopped() throws Exception {
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        EventFollower follower = event -> {
            if (event.runId().equals(run)) {
                taken.add(event.subject());
            }
        };
        publish(run, "before");
        try (Subscription first = bus().follow(group, Set.of(EventType.DATASET_SUBMITTED), follower)) {
            assertThat(take(taken, 1)).containsExactly("before");
            assertThat(first).isNotNull();
        }
        publish(run, "between");
        try (Subscription second = bus().follow(group, Set.of(EventType.DATASET_SUBMITTED), follower)) {
            assertThat(take(taken, 1)).containsExactly("between");
            assertThat(second).isNotNull();
        }
    }

    @Test
    void aFollowerPassesOverAnUnreadableRecord() throws Exception {
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        EventFollower follower = event -> {
            if (event.runId().equals(run)) {
                taken.add(event.subject());
            }
        };
        byte[] rubbish = "{".getBytes(UTF_8);
        write(new WireEvent(EventType.DATASET_SUBMITTED.topic(), run, Map.of(), rubbish));
        publish(run, "next");
        try (Subscription following = bus().follow(group, Set.of(EventType.DATASET_SUBMITTED), follower)) {
            assertThat(take(taken, 1)).containsExactly("next");
            assertThat(awaitDeadLetters(1)).containsExactly(rubbish);
            assertThat(following).isNotNull();
        }
    }

    @Test
    void aWatcherSeesWhatIsPublishedFromNowOnAndNothingBefore() throws Exception {
        publish(run, "before");
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        EventFollower follower = event -> {
            if (event.runId().equals(run)) {
                seen.add(event.subject());
            }
        };
        try (Subscription watch = bus().watch(Set.of(EventType.DATASET_SUBMITTED), follower)) {
            publish(run, "after");
            assertThat(take(seen, 1)).containsExactly("after");
            assertThat(watch.ready()).isTrue();
        }
    }

    @Test
    void aFollowerThatAlwaysFailsOnAnEventTellsItAndGoesOnWithTheNext() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        BlockingQueue<Envelope<? extends Event>> seen = new LinkedBlockingQueue<>();
        EventFollower follower = event -> {
            if (event.runId().equals(run)) {
                if (event.subject().equals("poison")) {
                    tries.incrementAndGet();
                    throw new IllegalArgumentException("no such family");
                }
                taken.add(event.subject());
            }
        };
        try (Subscription watch = watchRejections(seen);
                Subscription following =
                        guarded().follow(group, Set.of(EventType.DATASET_SUBMITTED), follower, telling())) {
            publish(run, "before");
            Envelope<DatasetSubmitted> poison = publish(run, "poison");
            publish(run, "next");
            assertThat(take(taken, 2)).containsExactly("before", "next");
            assertThat(tries).hasValue(RETRIES.attempts());
            assertThat(awaitDeadLetters(1))
                    .containsExactly(CloudEvents.encode(poison).value());
            Envelope<? extends Event> told = take(seen, 1).get(0);
            assertThat(told.event()).isEqualTo(new DatasetRejected("poison", "failed", "no such family", "none"));
            assertThat(told.causationId()).contains(poison.id());
            assertThat(following).isNotSameAs(watch);
        }
    }

    @Test
    void aFollowerTriesAgainWithoutLimitInAnOutage() throws Exception {
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        AtomicInteger failures = new AtomicInteger();
        EventFollower follower = event -> {
            if (event.runId().equals(run)) {
                if (event.subject().equals("s0") && failures.incrementAndGet() <= 3 * RETRIES.attempts()) {
                    throw failures.get() % 2 == 0
                            ? new EventHandlingException(Kind.RETRYABLE, "the store is away", null)
                            : new SQLException("the database is shutting down", "57P01");
                }
                taken.add(event.subject());
            }
        };
        publish(run, "s0");
        publish(run, "s1");
        try (Subscription following = guarded().follow(group, Set.of(EventType.DATASET_SUBMITTED), follower)) {
            assertThat(take(taken, 2)).containsExactly("s0", "s1");
            assertThat(following).isNotNull();
        }
    }

    @Test
    void readingShowsWhatIsThereFromTheBeginningAndEnds() {
        List<String> seen = new ArrayList<>();
        write(new WireEvent(EventType.DATASET_SUBMITTED.topic(), "rubbish", Map.of(), new byte[] {1, 2, 3}));
        publish(run, "first");
        publish(run, "second");
        for (int times = 0; times < 2; times++) {
            bus().read(Set.of(EventType.DATASET_SUBMITTED), event -> {
                if (event.runId().equals(run)) {
                    seen.add(event.subject());
                }
            });
        }
        bus().read(Set.of(EventType.DATASET_REJECTED), event -> assertThat(event.runId())
                .isNotEqualTo(run));

        assertThat(seen).containsExactly("first", "second", "first", "second");
    }

    /** The bus as services get it. */
    private EventBus guarded() {
        return new GuardedEventBus(bus(), new InMemoryBlobStore(), new EventMetrics(new PrometheusRegistry()), RETRIES);
    }

    private static <E extends Event> FailureEvents<E> telling() {
        return (input, failure) -> List.of(new Emission(
                input.subject(), new DatasetRejected(input.subject(), "failed", failure.getMessage(), "none")));
    }

    private Subscription watchRejections(BlockingQueue<Envelope<? extends Event>> seen) {
        return bus().watch(Set.of(EventType.DATASET_REJECTED), event -> {
            if (event.runId().equals(run)) {
                seen.add(event);
            }
        });
    }

    /** Lets the events of other tests pass. */
    protected EventHandler<DatasetSubmitted> ours(EventHandler<DatasetSubmitted> handler) {
        return (input, work) -> input.runId().equals(run) ? handler.handle(input, work) : List.of();
    }

    protected Envelope<DatasetSubmitted> publish(String runId, String subject) {
        Envelope<DatasetSubmitted> event = SampleEvents.envelope(runId, subject, SampleEvents.submitted(subject));
        bus().publish(List.of(event));
        return event;
    }

    protected static <T> List<T> take(BlockingQueue<T> queue, int count) throws InterruptedException {
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            T next = queue.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("event %d of %d", taken.size() + 1, count).isNotNull();
            taken.add(next);
        }
        return taken;
    }
}
