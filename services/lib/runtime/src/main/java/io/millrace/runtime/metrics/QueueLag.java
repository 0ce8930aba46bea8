package io.millrace.runtime.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What waits for a service.
 *
 * @param service that will take it
 * @param event that it is
 */
public record QueueLag(String service, String event) {
    /**
     * Shows how many events wait in each queue of the cluster. Every process shows all of them, so that the queue of a
     * service that does not run is seen as well; take the maximum over the processes.
     *
     * @param reading asks the cluster; may block
     */
    public static void register(PrometheusRegistry registry, Supplier<Map<QueueLag, Long>> reading) {
        Refreshed<Map<QueueLag, Long>> lags = new Refreshed<>("queue-lag", reading);
        Measure.QUEUE_LAG.gauge(registry, gauge -> lags.get()
                .orElse(Map.of())
                .forEach((queue, lag) -> gauge.call(lag, queue.service(), queue.event())));
    }
}
