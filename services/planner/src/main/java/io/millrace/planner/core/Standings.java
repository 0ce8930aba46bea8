package io.millrace.planner.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.events.RankedTrial;
import io.millrace.events.SearchCompleted;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ranks trials, comparing like with like: a score on more folds stands before any score on fewer, and one on a whole training
 * before any on the epochs before a pause.
 */
final class Standings {
    static final int MOST_CANDIDATES = 25;
    static final int MOST_ROWS = 100;
    /** For what an event has beside its leaderboard and the candidates: references, members, scores, provenance. */
    private static final int BYTES_BESIDE = 8 * 1024;

    private static final int ENOUGH_CANDIDATES = 8;
    private static final int FAMILY_LEADERS = 4;
    /** By which share of what the best lacks a trial may lack more; beyond it gets hardly any weight in the ensemble. */
    static final double COMPETITIVE = 0.05;

    private static final Comparator<Usable> ORDER = Comparator.comparingInt(
                    (Usable u) -> -u.outcome.folds().size())
            .thenComparing(u -> u.outcome.paused())
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

    /** Trials by the error of their first look, best first; without those that were stopped, which would be held against more. */
    static List<Trial> byFirstLook(Collection<Trial> trials) {
        return trials.stream()
                .filter(t -> t.firstLook().isPresent() && !t.isProbe() && !t.stopped())
                .sorted(Comparator.comparingDouble(
                                (Trial t) -> t.firstLook().orElseThrow().error())
                        .thenComparingInt(Trial::number))
                .toList();
    }

    /** Whether what a trial's first look lacks to a perfect score is near enough to what the best of those ranked by first looks lacks. */
    static boolean isCompetitive(Draft draft, Trial trial, List<Trial> byFirstLook) {
        return isWithin(COMPETITIVE, draft, trial, byFirstLook);
    }

    /** The same for another share of what the best lacks. */
    static boolean isWithin(double share, Draft draft, Trial trial, List<Trial> byFirstLook) {
        double best = draft.shortfall(byFirstLook.get(0));
        return draft.shortfall(trial) <= best + share * best;
    }

    /**
     * What the ensemble may use, best first: trials that share a set of folds, each with all folds that it has. The best
     * of every family are among them, because an ensemble lives on members that err differently.
     */
    static List<SearchCompleted.Candidate> candidates(Collection<Trial> trials) {
        List<Integer> shared = sharedFolds(trials);
        List<Contender> ranked = trials.stream()
                .filter(trial -> !trial.isProbe())
                .flatMap(trial -> Contender.on(shared, trial).stream())
                .sorted(Comparator.comparingDouble(Contender::error)
                        .thenComparingInt(c -> c.trial().number()))
                .toList();
        Set<Trial> leaders = familyLeaders(ranked.stream().map(Contender::trial).toList());
        return Stream.concat(ranked.stream().filter(c -> leaders.contains(c.trial())), ranked.stream())
                .distinct()
                .limit(MOST_CANDIDATES)
                .sorted(Comparator.comparingInt(ranked::indexOf))
                .map(c -> new SearchCompleted.Candidate(
                        c.trial().name(), c.richest().artifacts().orElseThrow()))
                .toList();
    }

    /** The first few of every family. */
    static Set<Trial> familyLeaders(List<Trial> ranked) {
        Map<String, Integer> perFamily = new HashMap<>();
        return ranked.stream()
                .filter(t -> perFamily.merge(t.configuration().family(), 1, Integer::sum) <= FAMILY_LEADERS)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The folds by whose predictions the ensemble is selected: the largest set that enough trials share, or else the one
     * that most share. Few promoted trials on many folds would make a poor ensemble where many know one fold.
     */
    private static List<Integer> sharedFolds(Collection<Trial> trials) {
        Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
        for (Trial trial : trials) {
            trial.outcomes().stream()
                    .filter(outcome -> outcome.artifacts().isPresent() && !outcome.stopped())
                    .forEach(outcome -> counts.merge(outcome.folds(), 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(
                                (Map.Entry<List<Integer>, Integer> e) -> Math.min(ENOUGH_CANDIDATES, e.getValue()))
                        .thenComparingInt(e -> e.getKey().size())
                        .thenComparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(List.of());
    }

    /**
     * A trial as far as others can be compared with it.
     *
     * @param error on the shared folds alone, where it was measured; on all its folds otherwise
     * @param richest outcome with the most folds
     */
    private record Contender(Trial trial, double error, Outcome richest) {
        static Optional<Contender> on(List<Integer> shared, Trial trial) {
            List<Outcome> outcomes = trial.outcomes().stream()
                    .filter(o -> o.artifacts().isPresent() && o.folds().containsAll(shared))
                    .sorted(Comparator.comparingInt(o -> o.folds().size()))
                    .toList();
            return outcomes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Contender(trial, outcomes.get(0).error(), outcomes.get(outcomes.size() - 1)));
        }
    }

    private record Usable(Trial trial, Outcome outcome) {}

    /** The first rows, as many as an event has room for beside the candidates; {@code ensemble.built} carries both, too. */
    static List<RankedTrial> fitting(List<RankedTrial> rows, List<SearchCompleted.Candidate> candidates) {
        int room = CloudEvents.VALUE_LIMIT - BYTES_BESIDE - Json.write(candidates).length;
        int fit = 0;
        while (fit < rows.size()) {
            room -= Json.write(rows.get(fit)).length + 1; // a comma
            if (room < 0) {
                break;
            }
            fit++;
        }
        return rows.subList(0, fit);
    }

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
                    0,
                    trial.intervention().map(Intervention::cause),
                    Optional.of(trial.cpuSeconds()),
                    best.stoppedBy()));
        }
        return rows;
    }
}
