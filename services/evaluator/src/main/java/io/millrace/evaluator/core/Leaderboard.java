package io.millrace.evaluator.core;

import io.millrace.events.Cause;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.RankedTrial;
import io.millrace.events.SearchCompleted;
import io.millrace.events.Verdict;
import io.millrace.modelling.ensemble.CsvCell;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The leaderboard of a run with the weights of its ensemble. */
public final class Leaderboard {
    private static final List<String> HEADER = List.of(
            "rank",
            "trial",
            "family",
            "metric",
            "score",
            "low",
            "high",
            "folds",
            "learning_rate",
            "train_seconds",
            "verdict",
            "weight",
            "parent",
            "cures",
            "cure",
            "cpu_seconds",
            "stopped_by");

    private Leaderboard() {}

    /** The search's leaderboard, each trial with its share in the ensemble. */
    public static List<RankedTrial> weighted(EnsembleBuilt built) {
        Map<String, Double> weights = built.members().stream()
                .collect(Collectors.toMap(EnsembleBuilt.Member::trial, EnsembleBuilt.Member::weight));
        return built.search().leaderboard().stream()
                .map(t -> t.weighing(weights.getOrDefault(t.trial(), 0.0)))
                .toList();
    }

    /** As CSV: the ensemble with rank 0, then every trial; a cell that does not apply is empty. */
    public static String csv(EnsembleBuilt built) {
        SearchCompleted search = built.search();
        Stream<List<Object>> ensemble = Stream.of(List.<Object>of(
                0,
                "ensemble",
                "ensemble",
                search.metric().wireName(),
                built.score().value(),
                built.score().low(),
                built.score().high(),
                "",
                "",
                "",
                "",
                1.0,
                "",
                "",
                "",
                "",
                ""));
        Stream<List<Object>> trials = weighted(built).stream()
                .map(t -> List.<Object>of(
                        t.rank(),
                        t.trial(),
                        t.family(),
                        search.metric().wireName(),
                        t.score().value(),
                        t.score().low(),
                        t.score().high(),
                        t.folds(),
                        t.learningRate() > 0 ? t.learningRate() : "",
                        t.trainSeconds(),
                        name(t.verdict()),
                        t.weight(),
                        t.cause().map(Cause::parent).orElse(""),
                        t.cause().map(c -> name(c.verdict())).orElse(""),
                        t.cause().map(Cause::cure).orElse(""),
                        t.cpuSeconds().map(Object.class::cast).orElse(""),
                        t.stoppedBy().orElse("")));
        return Stream.concat(Stream.of(List.<Object>copyOf(HEADER)), Stream.concat(ensemble, trials))
                .map(Leaderboard::line)
                .collect(Collectors.joining());
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String line(List<Object> cells) {
        return cells.stream()
                        .map(c -> c.toString().isEmpty() ? "" : CsvCell.quoted(c.toString()))
                        .collect(Collectors.joining(","))
                + '\n';
    }
}
