package io.millrace.planner.core;

import io.millrace.events.ProgressCurve;
import io.millrace.events.StopRule;
import io.millrace.events.TrainingEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A median rule in the manner of Vizier (Golovin et al., KDD 2017): a trial may end when the best that it has reached at some
 * point of its training is worse than the median of what the completed trials before it had reached at that point. Vizier takes
 * the median of running averages; learning curves fall so steeply at first that an average over them spares nearly everybody (in
 * the simulated search of the tests it saves 1 % of the steps, this rule more than a quarter). Trials are compared within a
 * family, on the same fold and the same number of rows, at equal progress, so that a schedule that learns most at its end is no
 * disadvantage among its like.
 */
final class MedianStopping {
    /** A median of fewer says little. */
    private static final int LEAST_TRIALS = 5;
    /** So many of a family are remembered, the latest: leaders move, and the state must stay small. */
    private static final int MOST_TRIALS = 16;
    /** Nobody is judged in the first third of the family's longest training: those that were stopped are short, and must not shorten it. */
    private static final double GRACE = 1 / 3.0;
    /** Ends of a training that say how far the configuration goes; one cut short by time or luck does not. */
    private static final Set<TrainingEnd> COMPLETED =
            Set.of(TrainingEnd.COMPLETED, TrainingEnd.PATIENCE, TrainingEnd.MEDIAN);

    private MedianStopping() {}

    /** The rule for the first look of a trial that is about to be requested; empty where it is to be trained to its end. */
    static Optional<StopRule> rule(Draft draft, Trial trial, int fold) {
        // What a cure did is to be measured on all folds, and a probe is to tell of fewer rows.
        if (!draft.policy.stopsByMedian() || trial.intervention().isPresent() || trial.isProbe()) {
            return Optional.empty();
        }
        return rule(
                draft.curves.getOrDefault(trial.configuration().family(), List.of()).stream()
                        .filter(c -> c.curve().fold() == fold && c.rowLimit().equals(trial.rowLimit()))
                        .toList(),
                fold);
    }

    private static Optional<StopRule> rule(List<FamilyCurve> curves, int fold) {
        if (curves.size() < LEAST_TRIALS) {
            return Optional.empty();
        }
        int from = curves.stream().mapToInt(c -> c.curve().firstMark()).max().orElseThrow();
        int to = curves.stream().mapToInt(c -> c.curve().lastMark()).max().orElseThrow();
        List<Integer> marks = IntStream.rangeClosed(from, to)
                .filter(mark -> ProgressCurve.progressAt(mark) >= GRACE * ProgressCurve.progressAt(to))
                .boxed()
                .toList();
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        List<Double> errors = marks.stream()
                .map(mark ->
                        median(curves.stream().flatMap(c -> c.at(mark).stream()).toList()))
                .toList();
        return Optional.of(new StopRule(fold, curves.size(), marks.get(0), errors));
    }

    /** Takes how a first look got on; one that was stopped counts with what it had reached, or medians would only get stricter. */
    static void remember(Draft draft, WorkItem item, Outcome outcome, ProgressCurve curve) {
        Trial trial = draft.trial(item);
        if (!draft.policy.stopsByMedian()
                || trial.promoted()
                || trial.isProbe()
                || COMPLETED.stream().noneMatch(end -> end.ended(outcome.stoppedBy()))) {
            return;
        }
        List<FamilyCurve> latest =
                new ArrayList<>(draft.curves.getOrDefault(trial.configuration().family(), List.of()));
        latest.add(new FamilyCurve(item.rowLimit(), curve));
        draft.curves.put(
                trial.configuration().family(),
                List.copyOf(latest.subList(Math.max(0, latest.size() - MOST_TRIALS), latest.size())));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
