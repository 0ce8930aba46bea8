package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Event;
import io.millrace.gateway.core.Stage;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GatewayMetricsIT {
    @AutoClose
    private RunningGateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) {
        gateway = new RunningGateway(folder);
    }

    @Test
    void eachStageIsTimedOnceWhateverTheOrderOfItsEvents() {
        List<Envelope<? extends Event>> backwards = new ArrayList<>(new RunStory("run-1", "churn").whole());
        Collections.reverse(backwards);
        gateway.publish(backwards);
        gateway.publish(backwards);
        RunningGateway.until(() -> duplicates() == backwards.size());
        assertThat(points(Measure.STAGE.metric()))
                .hasSize(Stage.values().length)
                .allSatisfy(point -> {
                    HistogramDataPointSnapshot stage = (HistogramDataPointSnapshot) point;
                    assertThat(stage.getCount()).isEqualTo(1);
                    // The story has an event a second: 1 to be profiled, 12 to be searched, 1 each for the rest.
                    double seconds = stage.getLabels().get("stage").equals("search") ? 12 : 1;
                    assertThat(stage.getSum()).isEqualTo(seconds);
                });
    }

    @Test
    void runsAreCountedByStatusAndTheSilenceOfThoseUnderWayIsTold() {
        RunStory open = new RunStory("run-1", "open");
        RunStory ended = new RunStory("run-2", "ended");
        gateway.publish(List.of(open.submitted(), open.profiled()));
        gateway.publish(ended.whole());
        RunningGateway.until(() -> runs("published") == 1 && runs("searching") == 1);
        assertThat(runs("failed")).as("statuses without runs are shown").isZero();
        assertThat(gauge(Measure.QUIETEST_RUN, ""))
                .hasValue((double) open.profiled().time().getEpochSecond());
        assertThat(gauge(Measure.LAST_MODEL, ""))
                .hasValue((double) RunStory.START.plusSeconds(15).getEpochSecond());
    }

    private double runs(String status) {
        return gauge(Measure.RUNS, status).orElse(-1.0);
    }

    private Optional<Double> gauge(Measure measure, String status) {
        return points(measure.metric()).stream()
                .filter(point ->
                        status.isEmpty() || status.equals(point.getLabels().get("status")))
                .map(point -> ((GaugeDataPointSnapshot) point).getValue())
                .findFirst();
    }

    private double duplicates() {
        return points("millrace_gateway_events").stream()
                .filter(point -> point.getLabels().get("outcome").equals("duplicate"))
                .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
                .sum();
    }

    private List<? extends DataPointSnapshot> points(String name) {
        return gateway.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .flatMap(metric -> metric.getDataPoints().stream())
                .toList();
    }
}
