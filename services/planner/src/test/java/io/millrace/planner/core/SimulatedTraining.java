package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.BlobRef;
import io.millrace.events.Diagnosis;
import io.millrace.events.ProgressCurve;
import io.millrace.events.TrainingEnd;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A trainer whose errors fall exponentially, with some noise, to a level that differs between configurations; it obeys the rule
 * that travels with a request, pauses and goes on, as the real one does.
 */
final class SimulatedTraining {
    private static final double START = 0.9;
    private static final double NOISE = 0.004;
    private static final BlobRef CHECKPOINT = new BlobRef("blob:some/checkpoint", "cd".repeat(32), 1000);

    /** Errors that were not stopped would have reached, by trial. */
    final Map<String, Double> atTheirEnd = new HashMap<>();
    /** Steps that were trained. */
    long steps;

    private final Map<String, Integer> pauses = new HashMap<>();
    private final ToDoubleFunction<TrialRequested> seconds;

    SimulatedTraining() {
        this(request -> 0.05);
    }

    /** A trainer that tells of so many seconds for a request. */
    SimulatedTraining(ToDoubleFunction<TrialRequested> seconds) {
        this.seconds = seconds;
    }

    TrialEvaluated train(TrialRequested request) {
        SplittableRandom random = new SplittableRandom(request.seed());
        double level = 0.3 + 0.2 * random.nextDouble();
        double speed = 4 + 4 * random.nextDouble();
        int all = steps(request.configuration());
        double length = request.configuration().progress(all);
        List<Double> errors = new ArrayList<>();
        int mark = -8;
        int first = mark;
        double best = Double.POSITIVE_INFINITY;
        double kept = Double.POSITIVE_INFINITY;
        boolean stopped = false;
        boolean paused = false;
        request.pauseAfter().ifPresent(step -> pauses.put(request.trial(), step));
        boolean resumes = request.previous().flatMap(TrialArtifacts::checkpoint).isPresent();
        int from = resumes ? pauses.get(request.trial()) : 0;
        for (int step = 1; step <= all; step++) {
            double progress = request.configuration().progress(step);
            double error = level
                    + (START - level) * Math.exp(-speed * progress / length)
                    + NOISE * (random.nextDouble() - 0.5);
            best = Math.min(best, error);
            boolean ended = stopped || paused;
            steps += ended || step <= from ? 0 : 1;
            boolean behind = false;
            for (; !ended && ProgressCurve.progressAt(mark) <= progress; mark++) {
                int at = mark;
                behind |= step < all
                        && best > request.stopRule().map(r -> r.errorAt(at)).orElse(1e9);
                errors.add(best);
            }
            kept = ended ? kept : best;
            stopped |= behind;
            paused |= !stopped
                    && step < all
                    && request.pauseAfter()
                            .filter(Integer.valueOf(step)::equals)
                            .isPresent();
        }
        atTheirEnd.put(request.trial(), best);
        boolean pausedHere = paused;
        TrainingEnd end = paused ? TrainingEnd.HALVING : stopped ? TrainingEnd.MEDIAN : TrainingEnd.COMPLETED;
        TrialEvaluated e = Given.scored(request, kept, seconds.applyAsDouble(request));
        List<Integer> folds = stopped || paused
                ? request.folds().subList(0, 1)
                : e.artifacts().folds();
        return e.with(
                new TrialArtifacts(
                        e.artifacts().predictions(),
                        e.artifacts().model(),
                        e.artifacts().curves(),
                        folds,
                        Optional.of(CHECKPOINT).filter(ref -> pausedHere)),
                folds.containsAll(request.folds()),
                end != TrainingEnd.COMPLETED
                        ? new Diagnosis(Verdict.HEALTHY, 0, Map.of(), "Not judged.")
                        : e.diagnosis(),
                Optional.of(end.wireName()),
                Optional.of(new ProgressCurve(request.folds().get(0), first, errors)));
    }

    private static int steps(Configuration configuration) {
        if (configuration instanceof NeighboursConfiguration neighbours) {
            return neighbours.steps();
        }
        if (configuration instanceof GaussianConfiguration) {
            return 1;
        }
        return configuration instanceof NetworkConfiguration network
                ? network.epochs()
                : (int) Math.ceil(8 / ((TreesConfiguration) configuration).learningRate());
    }
}
