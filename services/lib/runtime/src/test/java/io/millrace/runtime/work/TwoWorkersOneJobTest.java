package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.trace.Tracer;
import io.millrace.runtime.work.Interleavings.Access;
import io.millrace.runtime.work.Interleavings.Course;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * A model check: two workers hold the same event (one of them its duplicate, after a lease was lost), and each may die
 * before any of its accesses to the store and the bus, in every order of these; its handler comes to a result, fails, or
 * loses its lease. Whatever happens, consumers that drop ids they have seen see at most one outcome, a result or a failure;
 * exactly one once a worker has come to its end, or the next that lives; and whoever lets go of the record rejects it where that
 * is a failure, so that there is a dead letter, and accepts it where it is a result.
 */
class TwoWorkersOneJobTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Job.class);
    private static final String GROUP = "millrace-profiler";
    private static final int MANY = 3;

    private final Envelope<DatasetSubmitted> input =
            SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"));

    /** What comes of a try. */
    private enum Fate {
        RESULT,
        FAILURE,
        /** The handler sees that its lease is lost and gives up. */
        LEASE_LOST,
        /** It does not look, and comes to a result. */
        LEASE_LOST_UNSEEN
    }

    /** What is tried, and what it would be without a part of it. */
    private enum Fence {
        WHOLE,
        NONE,
        /** Failures are told without looking whether there is a result. */
        OF_RESULTS,
        /** A failure that is found is published again like a result. */
        WITHOUT_KIND
    }

    /** Thousands of failures are told of. */
    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @Test
    void whateverTheOrderAndWhoeverDiesExactlyOneResultIsVisible() {
        Interleavings.Report report =
                Interleavings.explore(() -> new World(MANY, List.of(Fate.RESULT), Fence.WHOLE), world -> {
                    world.judge();
                    assertThat(world.outcomes.values()).allMatch(DatasetRejected.class::isInstance);
                });
        assertThat(report.schedules()).isGreaterThan(250);
        assertThat(report.deaths()).isGreaterThan(200);
        assertThat(report.longest()).isGreaterThanOrEqualTo(12);
    }

    /** With one attempt the first that fails gives up; with two it may be either, or the next. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whicheverTryFailsOrLosesItsLeaseAResultOrAFailureIsVisibleAndNeverBoth(int attempts) {
        Interleavings.Report report =
                Interleavings.explore(() -> new World(attempts, List.of(Fate.values()), Fence.WHOLE), World::judge);
        assertThat(report.schedules()).isGreaterThan(1_500);
    }

    @Test
    void withoutTheFenceTheCheckFindsTwoResults() {
        List<Boolean> conflicting = new ArrayList<>();
        Interleavings.explore(
                () -> new World(MANY, List.of(Fate.RESULT), Fence.NONE), world -> conflicting.add(world.conflicting));
        assertThat(conflicting).contains(true);
    }

    @Test
    void withoutTheFenceAroundFailuresTheCheckFindsAResultAndAFailure() {
        List<Integer> found = new ArrayList<>();
        Interleavings.explore(
                () -> new World(1, List.of(Fate.RESULT, Fate.FAILURE), Fence.OF_RESULTS),
                world -> found.add(world.outcomes.size()));
        assertThat(found).contains(2);
    }

    @Test
    void whereAFailureIsTakenForAResultTheCheckFindsOneWithoutADeadLetter() {
        List<Disposition> found = new ArrayList<>();
        Interleavings.explore(() -> new World(1, List.of(Fate.FAILURE), Fence.WITHOUT_KIND), world -> {
            World next = world.copy(Fate.FAILURE);
            found.add(next.deliverUntilSettled());
        });
        assertThat(found).contains(Disposition.ACCEPT);
    }

    /** Store, bus and two workers; what each worker computes is its own, so that a lost race shows. */
    private final class World implements Interleavings.Actors {
        private final BlobStore blobs = new InMemoryBlobStore();
        /** What a consumer sees that drops ids which it has seen. */
        private final Map<String, Event> outcomes = new LinkedHashMap<>();

        private final List<Disposition> ended = new ArrayList<>();
        private final RetryPolicy retries;
        private final List<Fate> fates;
        private final Fence fence;
        private boolean conflicting;

        World(int attempts, List<Fate> fates, Fence fence) {
            this.retries = new RetryPolicy(attempts, Duration.ZERO, Duration.ZERO);
            this.fates = fates;
            this.fence = fence;
        }

        @Override
        public List<Interleavings.Actor> actors() {
            return List.of(course -> work("first", course), course -> work("second", course));
        }

        private void work(String name, Course course) {
            CancellableLease lease = new CancellableLease(1);
            // Also where the lease is lost: a late acknowledgement may come through.
            ended.add(job(name, course, lease).run(input, lease));
        }

        void judge() {
            seenOnce();
            ended.forEach(this::letsGoOfTheRecordRightly);
            // Who died, also after its last step, gave nothing back: the broker delivers again, to workers that live,
            // of which
            // all fail or none.
            for (Fate fate : fates) {
                if (fate == Fate.RESULT || fate == Fate.FAILURE) {
                    World next = copy(fate);
                    Disposition end = next.deliverUntilSettled();
                    next.seenOnce();
                    next.letsGoOfTheRecordRightly(end);
                }
            }
        }

        private void seenOnce() {
            assertThat(outcomes.values()).as("outcomes by id").hasSizeLessThanOrEqualTo(1);
            assertThat(conflicting)
                    .as("another outcome under the id that was seen")
                    .isFalse();
        }

        private void letsGoOfTheRecordRightly(Disposition end) {
            if (end != Disposition.RELEASE) {
                assertThat(outcomes.values())
                        .as("outcomes once a worker came to its end, " + end)
                        .singleElement()
                        .isInstanceOf(end == Disposition.REJECT ? RunFailed.class : DatasetRejected.class);
            }
        }

        private World copy(Fate fate) {
            World copy = new World(retries.attempts(), List.of(fate), fence);
            blobs.list("").forEach(key -> copy.blobs.put(key, blobs.find(key).orElseThrow()));
            copy.outcomes.putAll(outcomes);
            return copy;
        }

        private Disposition deliverUntilSettled() {
            Disposition end = Disposition.RELEASE;
            for (int delivery = 2; end == Disposition.RELEASE; delivery++) {
                assertThat(delivery).as("deliveries").isLessThanOrEqualTo(retries.attempts() + 2);
                CancellableLease lease = new CancellableLease(delivery);
                end = job("third", new Alone(), lease).run(input, lease);
            }
            return end;
        }

        private Job<DatasetSubmitted> job(String name, Course course, CancellableLease lease) {
            EventHandler<DatasetSubmitted> handler =
                    (event, work) -> handle(name, fates.get(course.choose(fates.size())), lease);
            FailureEvents<DatasetSubmitted> failures = (event, failure) ->
                    List.of(new Emission("churn", new RunFailed("churn", name, FailureKind.BUG, failure.toString())));
            RecordedHandler<DatasetSubmitted> recorded = new RecordedHandler<>(
                    handler, new SteppedBlobStore(blobs, course::step), GROUP, retries.attempts());
            EventHandler<DatasetSubmitted> fenced =
                    switch (fence) {
                        case NONE -> handler;
                        case WHOLE, OF_RESULTS -> recorded;
                        case WITHOUT_KIND ->
                            (event, work) -> {
                                try {
                                    return recorded.handle(event, work);
                                } catch (StandingOutcomeException e) {
                                    return e.outcome().emissions();
                                }
                            };
                    };
            boolean failuresFenced = fence == Fence.WHOLE || fence == Fence.WITHOUT_KIND;
            return new Job<>(
                    GROUP,
                    DatasetSubmitted.class,
                    fenced,
                    failuresFenced ? recorded.recorded(failures) : failures,
                    retries,
                    published -> {
                        course.step(new Access("bus", true));
                        published.forEach(this::see);
                    },
                    Clock.fixed(SampleEvents.NOON, ZoneOffset.UTC),
                    Tracer.OFF);
        }

        private List<Emission> handle(String name, Fate fate, CancellableLease lease) {
            if (fate == Fate.LEASE_LOST || fate == Fate.LEASE_LOST_UNSEEN) {
                lease.cancel();
            }
            if (fate == Fate.FAILURE || fate == Fate.LEASE_LOST) {
                throw new IllegalStateException(name + " failed");
            }
            return List.of(new Emission("churn", new DatasetRejected("churn", name, name, name)));
        }

        private void see(Envelope<? extends Event> event) {
            Event before = outcomes.putIfAbsent(event.id(), event.event());
            conflicting |= before != null && !before.equals(event.event());
        }
    }

    /** Of a worker that has nobody beside it, and one fate. */
    private static final class Alone implements Course {
        @Override
        public void step(Access access) {}

        @Override
        public int choose(int among) {
            return 0;
        }
    }
}
