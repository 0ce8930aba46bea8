package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetRejected;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventMetricsTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final EventMetrics metrics = new EventMetrics(registry);

    @Test
    void theNumberOfSeriesDoesNotDependOnTheNumberOfRuns() throws Exception {
        handle("run-0", 1);
        long one = series();
        for (int run = 1; run < 100; run++) {
            handle("run-" + run, 1);
        }
        assertThat(series()).isEqualTo(one);
        assertThat(value(Measure.EVENTS_IN)).isEqualTo(100);
    }

    @Test
    void aDeliveryAfterTheFirstIsARedelivery() throws Exception {
        handle("run", 1);
        handle("run", 2);
        assertThat(value(Measure.REDELIVERIES)).isEqualTo(1);
    }

    @Test
    void kindsOfWorkShowTheirCountersAtZeroFromTheStart() {
        metrics.expect("test", "dataset.rejected", 2);
        assertThat(value(Measure.DEAD_LETTERS)).isZero();
        assertThat(value(Measure.EVENTS_FAILED)).isZero();
    }

    @Test
    void whatIsFollowedShowsItsCountersAtZeroFromTheStart() {
        EventBus bus = new InMemoryEventBus(Clock.systemUTC(), RetryPolicy.DEFAULT);
        try (EventBus guarded = new GuardedEventBus(bus, new InMemoryBlobStore(), metrics, RetryPolicy.DEFAULT)) {
            guarded.follow("millrace-test", Set.of(EventType.DATASET_REJECTED), event -> {});
            assertThat(value(Measure.DEAD_LETTERS)).isZero();
            assertThat(value(Measure.EVENTS_FAILED)).isZero();
        }
    }

    @Test
    void timesCarryTheTraceAsExemplar() throws Exception {
        handle("run", 1);
        HistogramSnapshot times = (HistogramSnapshot) snapshot("millrace_handling_seconds");
        assertThat(times.getDataPoints().get(0).getExemplars())
                .allSatisfy(e -> assertThat(e.getLabels().get("trace_id")).isEqualTo(TRACE))
                .isNotEmpty();
        assertThat(times.getDataPoints().get(0).hasNativeHistogramData()).isTrue();
        assertThat(times.getDataPoints().get(0).hasClassicHistogramData()).isTrue();
    }

    private void handle(String run, int delivery) throws Exception {
        Envelope<DatasetRejected> event = SampleEvents.envelope(run, "subject", SampleEvents.rejected("name"));
        new MeteredHandler<DatasetRejected>((input, work) -> List.of(), metrics, "test")
                .handle(event, new CancellableLease(delivery));
    }

    private long series() {
        return registry.scrape().stream()
                .mapToLong(m -> m.getDataPoints().size())
                .sum();
    }

    private double value(Measure measure) {
        String name = measure.metric().substring(0, measure.metric().length() - "_total".length());
        return ((CounterSnapshot) snapshot(name)).getDataPoints().get(0).getValue();
    }

    private MetricSnapshot snapshot(String name) {
        MetricSnapshots all = registry.scrape();
        return all.stream()
                .filter(m -> m.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
