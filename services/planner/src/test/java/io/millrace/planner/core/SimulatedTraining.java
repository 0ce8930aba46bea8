package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
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

/**
 * A trainer whose errors fall exponentially, with some noise, to a level that differs between configurations; it obeys the rule
 * that travels with a request, as the real one does.
 */
final class SimulatedTraining {
    private static final double START = 0.9;
    private static final double NOISE = 0.004;

    /** Errors that were not stopped would have reached, by trial. */
    final Map<String, Double> atTheirEnd = new HashMap<>();
    /** Steps that were trained. */
    long steps;

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
        for (int step = 1; step <= all; step++) {
            double progress = request.configuration().progress(step);
            double error = level
                    + (START - level) * Math.exp(-speed * progress / length)
                    + NOISE * (random.nextDouble() - 0.5);
            best = Math.min(best, error);
            steps += stopped ? 0 : 1;
            boolean behind = false;
            for (; !stopped && ProgressCurve.progressAt(mark) <= progress; mark++) {
                int at = mark;
                behind |= step < all
                        && best > request.stopRule().map(r -> r.errorAt(at)).orElse(1e9);
                errors.add(best);
            }
            kept = stopped ? kept : best;
            stopped |= behind;
        }
        atTheirEnd.put(request.trial(), best);
        TrialEvaluated e = Given.scored(request, kept, 0.05);
        List<Integer> folds =
                stopped ? request.folds().subList(0, 1) : e.artifacts().folds();
        return new TrialEvaluated(
                e.trial(),
                e.number(),
                e.rung(),
                e.configuration(),
                e.learningRate(),
                new TrialArtifacts(
                        e.artifacts().predictions(),
                        e.artifacts().model(),
                        e.artifacts().curves(),
                        folds),
                folds.containsAll(request.folds()),
                e.metric(),
                e.score(),
                e.scores(),
                stopped ? new Diagnosis(Verdict.HEALTHY, 0, Map.of(), "Not judged.") : e.diagnosis(),
                e.cpuSeconds(),
                e.wallSeconds(),
                Optional.of((stopped ? TrainingEnd.MEDIAN : TrainingEnd.COMPLETED).wireName()),
                Optional.of(new ProgressCurve(request.folds().get(0), first, errors)));
    }

    private static int steps(Configuration configuration) {
        return configuration instanceof NetworkConfiguration network
                ? network.epochs()
                : (int) Math.ceil(8 / ((TreesConfiguration) configuration).learningRate());
    }
}
