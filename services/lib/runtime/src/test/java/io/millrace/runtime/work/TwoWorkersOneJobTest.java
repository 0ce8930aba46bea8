package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A model check: two workers hold the same event (one of them its duplicate, after a lease was lost), and each may die
 * before any of its accesses to the store and the bus, in every order of these. Whatever happens,
 * consumers that drop ids they have seen see at most one result; exactly one once a worker has come to its end.
 */
class TwoWorkersOneJobTest {
    private static final String GROUP = "millrace-profiler";
    private static final RetryPolicy RETRIES = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);

    private final Envelope<DatasetSubmitted> input =
            SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"));

    @Test
    void whateverTheOrderAndWhoeverDiesExactlyOneResultIsVisible() {
        Interleavings.Report report = Interleavings.explore(this::world, world -> {
            assertThat(world.results.values()).as("results by id").hasSizeLessThanOrEqualTo(1);
            if (world.ended.contains(Disposition.ACCEPT)) {
                assertThat(world.results).as("results once a worker ended well").hasSize(1);
            }
            // Who died gave nothing back: the broker delivers again, to a worker that lives.
            world.deliver(input);
            assertThat(world.results).as("results after the next delivery").hasSize(1);
            assertThat(world.conflicting)
                    .as("another result under the id that was seen")
                    .isFalse();
        });
        // Eleven thousand, of which half are the other half with the names of the two exchanged.
        assertThat(report.schedules()).isGreaterThan(5_000);
        assertThat(report.deaths()).isGreaterThan(4_000);
        assertThat(report.longest()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void withoutTheFenceTheCheckFindsTwoResults() {
        List<Integer> found = new ArrayList<>();
        Interleavings.explore(() -> new World(false), world -> found.add(world.conflicting ? 2 : 1));
        assertThat(found).contains(2);
    }

    private World world() {
        return new World(true);
    }

    /** Store, bus and two workers; what each worker computes is its own, so that a lost race shows. */
    private final class World implements Interleavings.Actors {
        private final BlobStore blobs = new InMemoryBlobStore();
        /** What a consumer sees that drops ids which it has seen. */
        private final Map<String, Event> results = new LinkedHashMap<>();

        private final List<Disposition> ended = new ArrayList<>();
        private final boolean fenced;
        private boolean conflicting;

        private World(boolean fenced) {
            this.fenced = fenced;
        }

        @Override
        public List<Interleavings.Actor> actors() {
            return List.of(step -> work("first", step), step -> work("second", step));
        }

        private void work(String name, Runnable step) {
            Disposition end = job(name, step).run(input, new CancellableLease(1));
            synchronized (ended) {
                ended.add(end);
            }
        }

        void deliver(Envelope<DatasetSubmitted> again) {
            assertThat(job("third", () -> {}).run(again, new CancellableLease(2)))
                    .isEqualTo(Disposition.ACCEPT);
        }

        private Job<DatasetSubmitted> job(String name, Runnable step) {
            EventHandler<DatasetSubmitted> handler =
                    (event, work) -> List.of(new Emission("churn", new DatasetRejected("churn", name, name, name)));
            RecordedHandler<DatasetSubmitted> recorded =
                    new RecordedHandler<>(handler, new SteppedBlobStore(blobs, step), GROUP, RETRIES.attempts());
            return new Job<>(
                    GROUP,
                    DatasetSubmitted.class,
                    fenced ? recorded : handler,
                    FailureEvents.none(),
                    RETRIES,
                    published -> {
                        step.run();
                        published.forEach(this::see);
                    },
                    Clock.fixed(SampleEvents.NOON, ZoneOffset.UTC),
                    Tracer.OFF);
        }

        private void see(Envelope<? extends Event> event) {
            Event before = results.putIfAbsent(event.id(), event.event());
            conflicting |= before != null && !before.equals(event.event());
        }
    }
}
