package io.millrace.runtime;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a service is given to stand on.
 *
 * @param bus where events travel
 * @param blobs where tables, models and curves lie
 * @param metrics registry that {@code /metrics} shows
 * @param clock the only clock a service reads
 * @param scratch folder for this process's temporary files and caches; emptied at start
 */
public record Platform(EventBus bus, BlobStore blobs, PrometheusRegistry metrics, Clock clock, Path scratch) {}
