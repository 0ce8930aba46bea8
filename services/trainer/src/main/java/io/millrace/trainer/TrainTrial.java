package io.millrace.trainer;

import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.TrialResult;
import io.millrace.modelling.trial.TrialTraining;
import io.millrace.modelling.trial.TrialTraining.Interrupts;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.trainer.core.Requests;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one trial. Failures of the model are events; failures of the store are left to the runtime, which gives the
 * request to another worker.
 */
final class TrainTrial implements EventHandler<TrialRequested> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainTrial.class);
    private static final double NANOS = 1e9;

    private final TrainerConfig config;
    private final Platform platform;
    private final BiFunction<BlobRef, BlobRef, Table> tables;
    private final TrialTraining training;
    private final TrialBlobs blobs;
    private final TrainerMetrics metrics;

    /** {@code tables} gives the table for its reference and that of its profile. */
    TrainTrial(
            TrainerConfig config,
            Platform platform,
            BiFunction<BlobRef, BlobRef, Table> tables,
            TrialTraining training) {
        this.config = config;
        this.platform = platform;
        this.tables = tables;
        this.training = training;
        this.blobs = new TrialBlobs(platform.blobs());
        this.metrics = new TrainerMetrics(platform.metrics());
    }

    @Override
    public List<Emission> handle(Envelope<TrialRequested> input, Work work) {
        TrialRequested request = input.event();
        return List.of(new Emission(Requests.subject(request), outcome(input, request, work)));
    }

    private Event outcome(Envelope<TrialRequested> input, TrialRequested request, Work work) {
        Clock clock = platform.clock();
        Interrupts interrupts = new Interrupts(
                () -> request.deadline().map(d -> !clock.instant().isBefore(d)).orElse(false),
                () -> work.cancelled() && !work.stopping(),
                work::stopping);
        FoldCheckpoints checkpoints = new FoldCheckpoints(platform.blobs(), input.runId(), input.id(), config);
        if (interrupts.stop().getAsBoolean() && checkpoints.isEmpty()) {
            return failed(request, Requests.late(request));
        }
        Event outcome;
        try {
            outcome = trained(input.runId(), request, interrupts, checkpoints);
        } catch (CancellationException e) {
            throw new EventHandlingException(Kind.RETRYABLE, "this worker stops; another one goes on", e);
        } catch (EventHandlingException e) {
            throw e; // the store's, not the model's
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.warn("trial {} of run {} failed", Requests.subject(request), input.runId(), e);
            outcome = failed(request, Requests.failed(request, e));
        }
        checkpoints.clear();
        return outcome;
    }

    private Event trained(String runId, TrialRequested request, Interrupts interrupts, FoldCheckpoints checkpoints) {
        long start = System.nanoTime(); // a clock may be set in between
        Table table = tables.apply(request.table(), request.profile());
        TrialResult previous = request.previous().map(blobs::read).orElseGet(() -> TrialResult.none(table));
        TrialResult result = training.train(table, Requests.spec(request), previous, interrupts, checkpoints);
        if (!result.complete() && result.curves().equals(previous.curves())) {
            return failed(request, Requests.late(request));
        }
        TrialArtifacts artifacts = blobs.store(runId, request, result);
        long predicted = result.folds().stream()
                .filter(f -> !result.curves().get(f).equals(previous.curves().get(f)))
                .mapToLong(f -> table.rowsOf(f).length)
                .sum();
        metrics.trained(request.configuration().family(), outcome(result), result.cpuSeconds(), predicted);
        double wallSeconds = (System.nanoTime() - start) / NANOS;
        int first = result.folds().get(0);
        return new TrialTrained(
                request,
                artifacts,
                result.complete(),
                result.cpuSeconds(),
                wallSeconds,
                result.curves().get(first).thinned(first));
    }

    private static String outcome(TrialResult result) {
        if (result.paused()) {
            return "paused";
        }
        return result.stoppedByRule() ? "stopped" : result.complete() ? "complete" : "cut_short";
    }

    private Event failed(TrialRequested request, Event event) {
        metrics.failed(request.configuration().family());
        return event;
    }
}
