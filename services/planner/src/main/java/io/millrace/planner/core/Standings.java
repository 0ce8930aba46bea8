package io.millrace.planner.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.events.RankedTrial;
import io.millrace.events.SearchCompleted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ranks trials, comparing like with like: a score on more folds stands before any score on fewer. */
final class Standings {
    static final int MOST_CANDIDATES = 25;
    static final int MOST_ROWS = 100;

    private static final Comparator<Usable> ORDER = Comparator.comparingInt(
                    (Usable u) -> -u.outcome.folds().size())
            .thenComparingDouble(u -> u.outcome.error())
            .thenComparingInt(u -> u.trial.number());

    private Standings() {}

    /** Trials that were scored, best first. */
    static List<Trial> ranked(Collection<Trial> trials) {
        return trials.stream()
                .flatMap(t -> t.best().map(best -> new Usable(t, best)).stream())
                .sorted(ORDER)
                .map(Usable::trial)
                .toList();
    }

    /** Trials by the error of their first look, best first. */
    static List<Trial> byFirstLook(Collection<Trial> trials) {
        return trials.stream()
                .filter(t -> t.firstLook().isPresent())
                .sorted(Comparator.comparingDouble(
                                (Trial t) -> t.firstLook().orElseThrow().error())
                        .thenComparingInt(Trial::number))
                .toList();
    }

    /** What the ensemble may use: the trials that share the largest set of folds, best first. */
    static List<SearchCompleted.Candidate> candidates(Collection<Trial> trials) {
        Map<List<Integer>, List<Usable>> bySet = new LinkedHashMap<>();
        for (Trial trial : trials) {
            for (Outcome outcome : trial.outcomes()) {
                if (outcome.artifacts().isPresent()) {
                    bySet.computeIfAbsent(outcome.folds(), f -> new ArrayList<>())
                            .add(new Usable(trial, outcome));
                }
            }
        }
        return bySet.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<List<Integer>, List<Usable>> e) ->
                                e.getKey().size())
                        .thenComparingInt(e -> e.getValue().size()))
                .map(Map.Entry::getValue)
                .orElse(List.of())
                .stream()
                .sorted(Comparator.comparingDouble((Usable u) -> u.outcome.error())
                        .thenComparingInt(u -> u.trial.number()))
                .limit(MOST_CANDIDATES)
                .map(u -> new SearchCompleted.Candidate(
                        u.trial.name(), u.outcome.artifacts().orElseThrow()))
                .toList();
    }

    private record Usable(Trial trial, Outcome outcome) {}

    static List<RankedTrial> leaderboard(Collection<Trial> trials) {
        List<Trial> ranked = ranked(trials);
        List<RankedTrial> rows = new ArrayList<>();
        for (Trial trial : ranked.subList(0, Math.min(MOST_ROWS, ranked.size()))) {
            Outcome best = trial.best().orElseThrow();
            rows.add(new RankedTrial(
                    rows.size() + 1,
                    trial.name(),
                    trial.configuration().family(),
                    best.score(),
                    best.folds().size(),
                    trial.learningRate().map(LearningRateRange::max).orElse(0.0),
                    trial.trainSeconds(),
                    best.verdict(),
                    0));
        }
        return rows;
    }
}
