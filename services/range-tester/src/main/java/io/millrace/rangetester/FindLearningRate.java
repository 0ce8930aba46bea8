package io.millrace.rangetester;

import io.millrace.events.BlobRef;
import io.millrace.events.LearningRateFound;
import io.millrace.events.RangeTestRequested;
import io.millrace.modelling.rangetest.RangeTest;
import io.millrace.modelling.table.Table;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.runtime.codec.Json;
import io.millrace.tables.StoredTables;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Runs the range test that was asked for on the rows that train when fold 0 validates. */
final class FindLearningRate implements EventHandler<RangeTestRequested> {
    private static final double NANOS = 1e9;

    private final Platform platform;
    private final StoredTables tables;
    private final RangeTesterMetrics metrics;

    FindLearningRate(Platform platform, StoredTables tables, RangeTesterMetrics metrics) {
        this.platform = platform;
        this.tables = tables;
        this.metrics = metrics;
    }

    @Override
    public List<Emission> handle(Envelope<RangeTestRequested> input, Work work) {
        RangeTestRequested asked = input.event();
        Table table = tables.load(asked.table(), asked.profile());
        long before = cpuNanos();
        RangeTest.Result result =
                RangeTest.run(table, table.trainingRows(0), asked.network(), asked.seed(), stop(asked, work));
        if (work.cancelled()) {
            throw new EventHandlingException(
                    Kind.RETRYABLE,
                    "the range test was cut short because the lease was lost or the service stops",
                    null);
        }
        double seconds = (cpuNanos() - before) / NANOS;
        metrics.found(seconds);
        BlobRef curve = platform.blobs().put(CurveBlobs.key(input), Json.write(result.curve()));
        return List.of(new Emission(
                input.subject(),
                new LearningRateFound(
                        asked.candidate(),
                        asked.network(),
                        curve,
                        result.suggestions(),
                        result.chosen(),
                        result.agreement(),
                        seconds,
                        Optional.of(result.confidence()),
                        result.curve().thinned())));
    }

    private BooleanSupplier stop(RangeTestRequested asked, Work work) {
        return () -> work.cancelled()
                || asked.deadline()
                        .map(deadline -> !platform.clock().instant().isBefore(deadline))
                        .orElse(false);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
