package io.millrace.runtime;

import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a service is given to stand on.
 *
 * @param bus where events travel
 * @param blobs where tables, models and curves lie
 * @param metrics registry that {@code /metrics} shows
 * @param clock the only clock a service reads
 * @param scratch folder for this process's temporary files and caches; emptied at start
 * @param retries how often what fails by its own fault is tried; for what a service tries by itself, as the bus does so for its handlers
 * @param records where records come from that are no events of ours; absent where there is no Kafka
 */
public record Platform(
        EventBus bus,
        BlobStore blobs,
        PrometheusRegistry metrics,
        Clock clock,
        Path scratch,
        RetryPolicy retries,
        Optional<RawRecordSource> records) {

    /** A platform without foreign records, on which everything is tried as often as by default. */
    public Platform(EventBus bus, BlobStore blobs, PrometheusRegistry metrics, Clock clock, Path scratch) {
        this(bus, blobs, metrics, clock, scratch, RetryPolicy.DEFAULT, Optional.empty());
    }
}
