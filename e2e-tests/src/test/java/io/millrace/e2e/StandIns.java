package io.millrace.e2e;

import io.millrace.configuration.LearningRateRange;
import io.millrace.events.BlobRef;
import io.millrace.events.Diagnosis;
import io.millrace.events.Event;
import io.millrace.events.LearningRateFound;
import io.millrace.events.LossCurve;
import io.millrace.events.LossCurve.LossPoint;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RateCurve;
import io.millrace.events.RateCurve.RatePoint;
import io.millrace.events.Score;
import io.millrace.events.Suggestions;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.events.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What trainers, range-testers and evaluators would answer, made without any computation: the same for the same request. */
public final class StandIns {
    private static final BlobRef BLOB = new BlobRef("blob:stand/in", "ab".repeat(32), 1000);
    /** As many numbers as an evaluator finds, as long as they are. */
    private static final Map<String, Double> EVIDENCE = Map.of(
            "divergedFolds", 0.0,
            "trainingLossShare", 0.5123456789012345,
            "validationLossShare", 0.6123456789012345,
            "gapShare", 0.1012345678901234,
            "lateTrainingFall", 0.0112345678901234,
            "lateValidationFall", 0.0012345678901234,
            "unsteadiness", 0.0123456789012345,
            "validationRise", 0.0234567890123456,
            "foldSpread", 0.8123456789012345);

    /** As many points as there may be, as long as they are. */
    private static final LossCurve LOSSES = new LossCurve(
            0,
            IntStream.rangeClosed(1, LossCurve.MOST_POINTS)
                    .mapToObj(step -> new LossPoint(step, 0.5 + 1.0 / (3 + step), 0.6 + 1.0 / (7 + step)))
                    .toList());

    private static final RateCurve RATES = new RateCurve(IntStream.range(0, RateCurve.MOST_POINTS)
            .mapToObj(step -> new RatePoint(Math.pow(10, -5 + step / 20.0), 0.5 + 1.0 / (3 + step)))
            .toList());

    private StandIns() {}

    public static TrialTrained trained(TrialRequested request, double seconds) {
        TreeSet<Integer> folds = new TreeSet<>(request.folds());
        request.previous().ifPresent(p -> folds.addAll(p.folds()));
        return new TrialTrained(
                request,
                new TrialArtifacts(BLOB, BLOB, BLOB, folds.stream().toList(), Optional.empty()),
                true,
                seconds,
                seconds,
                Optional.of(LOSSES));
    }

    public static TrialEvaluated evaluated(TrialTrained trained) {
        TrialRequested request = trained.request();
        double error = error(request);
        return new TrialEvaluated(
                request.trial(),
                request.number(),
                request.rung(),
                request.configuration(),
                request.learningRate(),
                trained.artifacts(),
                trained.complete(),
                request.metric(),
                new Score(error, error - .01, error + .01),
                Map.of(request.metric(), error),
                new Diagnosis(Verdict.HEALTHY, 1, EVIDENCE, "Nothing is wrong."),
                trained.cpuSeconds(),
                trained.wallSeconds(),
                Optional.of("patience"),
                Optional.empty());
    }

    public static LearningRateFound found(RangeTestRequested request) {
        return new LearningRateFound(
                request.candidate(),
                request.network(),
                BLOB,
                new Suggestions(Optional.of(.01), Optional.empty(), Optional.empty(), Optional.empty()),
                new LearningRateRange(.0025, .01),
                1,
                .1,
                Optional.of(.9),
                Optional.of(RATES));
    }

    /** What becomes of a request without trainers and evaluators between. */
    public static Event answer(Event request, double seconds) {
        return request instanceof TrialRequested trial
                ? evaluated(trained(trial, seconds))
                : found((RangeTestRequested) request);
    }

    /** A number that depends on what is trained and on how much of the data. */
    private static double error(TrialRequested request) {
        int hash = (request.configuration().toString() + request.learningRate() + request.seed()).hashCode();
        return 0.3 + 0.2 * ((hash >>> 8) % 1000) / 1000.0 - 0.01 * request.rung();
    }
}
