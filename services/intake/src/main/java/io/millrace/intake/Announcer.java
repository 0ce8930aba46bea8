package io.millrace.intake;

import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.intake.core.Refusal;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventIds;
import io.millrace.runtime.OneLine;
import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what became of a drop, and counts it. */
final class Announcer {
    static final String SOURCE = "/millrace/intake";
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final EventBus bus;
    private final Clock clock;
    private final Counter datasets;

    Announcer(EventBus bus, Clock clock, PrometheusRegistry metrics) {
        this.bus = bus;
        this.clock = clock;
        this.datasets = Measure.DATASETS.counter(metrics);
    }

    void submitted(String way, Envelope<DatasetSubmitted> envelope) {
        bus.publish(List.of(envelope));
        datasets.labelValues(way, "submitted").inc();
        LOG.info(
                "{} of {} bytes is run {}",
                envelope.event().fileName(),
                envelope.event().data().bytes(),
                envelope.runId());
    }

    /** Publishes the rejection; answers the run id that it has. */
    String rejected(String way, String name, String identity, Refusal refusal) {
        String run = EventIds.of(EventType.DATASET_SUBMITTED, identity, 0);
        DatasetRejected rejected = new DatasetRejected(name, refusal.problem(), refusal.message(), refusal.remedy());
        bus.publish(List.of(new Envelope<>(
                EventIds.of(EventType.DATASET_REJECTED, run, 0),
                name,
                run,
                Optional.empty(),
                Optional.empty(),
                SOURCE,
                clock.instant(),
                rejected)));
        datasets.labelValues(way, "rejected").inc();
        LOG.warn("{} is rejected: {} {}", name, OneLine.of(rejected.message()), rejected.remedy());
        return run;
    }
}
