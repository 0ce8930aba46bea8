package io.millrace.gateway.core;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.DataCurve;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.Event;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.LearningRateFound;
import io.millrace.events.ModelPublished;
import io.millrace.events.ProgressCurve;
import io.millrace.events.RankedTrial;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.StopRule;
import io.millrace.events.TrainingEnd;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.gateway.core.Explanation.Help;
import io.millrace.gateway.core.Explanation.Leader;
import io.millrace.gateway.core.Explanation.Member;
import io.millrace.gateway.core.Explanation.MoreRows;
import io.millrace.gateway.core.Explanation.Paused;
import io.millrace.gateway.core.Explanation.Rate;
import io.millrace.gateway.core.Explanation.Stopped;
import io.millrace.runtime.Envelope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Folds the events of a run, in any order and as many as there are so far, into its {@link Explanation}. */
public final class ExplainRun {
    private static final int LEADERS = 8;

    private final List<Envelope<? extends Event>> events;
    private final Map<String, TrialState> trials = new TreeMap<>();

    private ExplainRun(List<Envelope<? extends Event>> events) {
        this.events = events;
        for (Envelope<? extends Event> e : events) {
            TrialState.trialOf(e.event())
                    .ifPresent(t -> trials.merge(t, TrialState.unknown(t).on(e), (old, none) -> old.on(e)));
        }
    }

    /** Tells the story. */
    public static Explanation of(String run, List<Envelope<? extends Event>> events) {
        return new ExplainRun(events).tell(run);
    }

    private Explanation tell(String run) {
        List<RankedTrial> ranking = ranking();
        List<InterventionAssessed> cures = all(InterventionAssessed.class).stream()
                .sorted(Comparator.comparing(InterventionAssessed::trial))
                .toList();
        return new Explanation(
                run,
                first(DatasetSubmitted.class).map(DatasetSubmitted::name),
                first(DatasetProfiled.class).map(DataSummary::of),
                all(LearningRateFound.class).stream()
                        .sorted(Comparator.comparing(LearningRateFound::candidate))
                        .map(f -> new Rate(f.candidate(), f.chosen(), f.agreement(), f.confidence()))
                        .toList(),
                moreRows(),
                ranking.size(),
                ranking.stream().limit(LEADERS).map(this::leader).toList(),
                cures,
                help(cures),
                stopped(),
                paused(),
                first(EnsembleBuilt.class).map(built -> ensemble(built, ranking)),
                end());
    }

    private Optional<MoreRows> moreRows() {
        return all(TrialRequested.class).stream()
                .filter(r -> r.dataCurve().isPresent())
                .max(Comparator.comparingInt(TrialRequested::number))
                .map(r -> {
                    DataCurve curve = r.dataCurve().orElseThrow();
                    List<Double> errors = curve.points().stream()
                            .map(p -> r.metric().asError(p.score()))
                            .toList();
                    return new MoreRows(curve, DataCurve.gainOfDoubling(errors));
                });
    }

    private Leader leader(RankedTrial row) {
        Optional<TrialState> state = Optional.ofNullable(trials.get(row.trial()));
        return new Leader(
                row.rank(),
                row.trial(),
                row.family(),
                row.score(),
                row.folds(),
                state.flatMap(TrialState::reason),
                row.cause(),
                state.flatMap(TrialState::evaluation).map(Evaluation::diagnosis),
                row.stoppedBy(),
                row.cpuSeconds().orElse(0.0));
    }

    private static List<Help> help(List<InterventionAssessed> cures) {
        Map<String, List<InterventionAssessed>> byCure = cures.stream()
                .collect(Collectors.groupingBy(c -> c.cause().cure(), LinkedHashMap::new, Collectors.toList()));
        List<Help> help = new ArrayList<>();
        byCure.forEach((cure, tries) -> help.add(new Help(
                cure,
                tries.size(),
                (int) tries.stream().filter(InterventionAssessed::helped).count(),
                tries.stream()
                        .mapToDouble(t -> t.cause().expectedGain())
                        .average()
                        .orElseThrow(),
                mean(tries))));
        help.sort(Comparator.comparingDouble((Help h) -> -h.measuredGain().orElse(Double.NEGATIVE_INFINITY)));
        return help;
    }

    private static Optional<Double> mean(List<InterventionAssessed> tries) {
        double[] gains = tries.stream()
                .flatMap(t -> t.measuredGain().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        return gains.length == 0
                ? Optional.empty()
                : Optional.of(java.util.Arrays.stream(gains).average().orElseThrow());
    }

    private List<Stopped> stopped() {
        Map<String, StopRule> rules = all(TrialRequested.class).stream()
                .filter(r -> r.stopRule().isPresent())
                .collect(Collectors.toMap(
                        TrialRequested::trial, r -> r.stopRule().orElseThrow(), (a, b) -> a));
        return all(TrialEvaluated.class).stream()
                .filter(e -> TrainingEnd.MEDIAN.ended(e.stoppedBy()))
                .filter(e -> e.progress().isPresent() && rules.containsKey(e.trial()))
                .sorted(Comparator.comparingInt(TrialEvaluated::number))
                .map(e -> stopped(e, rules.get(e.trial())))
                .toList();
    }

    /** It was stopped at the last mark that it came to. */
    private static Stopped stopped(TrialEvaluated e, StopRule rule) {
        int mark = e.progress().orElseThrow().lastMark();
        return new Stopped(
                e.trial(),
                e.configuration().family(),
                ProgressCurve.progressAt(mark),
                rule.errorAt(mark),
                rule.trials());
    }

    private List<Paused> paused() {
        return all(TrialEvaluated.class).stream()
                .filter(e -> TrainingEnd.HALVING.ended(e.stoppedBy()))
                .filter(e -> e.progress().isPresent() && trials.get(e.trial()).endedAt(e.rung()))
                .sorted(Comparator.comparingInt(TrialEvaluated::number))
                .flatMap(e -> paused(e).stream())
                .toList();
    }

    private Optional<Paused> paused(TrialEvaluated e) {
        int mark = e.progress().orElseThrow().lastMark();
        String family = e.configuration().family();
        List<Double> errors = all(TrialEvaluated.class).stream()
                .filter(other -> other.rung() == e.rung()
                        && other.configuration().family().equals(family))
                .flatMap(other -> other.progress().flatMap(p -> p.at(mark)).stream())
                .toList();
        double own = e.progress().orElseThrow().at(mark).orElseThrow();
        int better = (int) errors.stream().filter(error -> error < own).count();
        return e.configuration() instanceof NetworkConfiguration network
                ? all(TrialRequested.class).stream()
                        .filter(r -> r.trial().equals(e.trial()) && r.rung() == e.rung())
                        .flatMap(r -> r.pauseAfter().stream())
                        .findFirst()
                        .map(epoch -> new Paused(e.trial(), family, epoch, network.epochs(), better + 1, errors.size()))
                : Optional.empty();
    }

    private Explanation.Ensemble ensemble(EnsembleBuilt built, List<RankedTrial> ranking) {
        Map<String, RankedTrial> rows = ranking.stream().collect(Collectors.toMap(RankedTrial::trial, r -> r));
        double best = shortfall(built, ranking.get(0));
        List<Member> members = built.members().stream()
                .filter(m -> rows.containsKey(m.trial()))
                .sorted(Comparator.comparingDouble(m -> -m.weight()))
                .map(m -> {
                    RankedTrial row = rows.get(m.trial());
                    boolean first = ranking.stream()
                            .filter(r -> r.family().equals(row.family()))
                            .findFirst()
                            .filter(row::equals)
                            .isPresent();
                    double behind = (shortfall(built, row) - best) / Math.max(1e-12, Math.abs(best));
                    return new Member(m.trial(), row.family(), m.weight(), row.rank(), behind, first);
                })
                .toList();
        Optional<ModelPublished> model = first(ModelPublished.class);
        return new Explanation.Ensemble(
                built.score(),
                built.gain(),
                model.flatMap(ModelPublished::holdoutScore),
                model.flatMap(ModelPublished::calibrationError).or(built::calibrationError),
                members);
    }

    private static double shortfall(EnsembleBuilt built, RankedTrial row) {
        return built.search().metric().shortfall(row.score().value());
    }

    /** The final ranking where there is one, that of now otherwise. */
    private List<RankedTrial> ranking() {
        return first(SearchCompleted.class)
                .map(SearchCompleted::leaderboard)
                .orElseGet(() -> LiveLeaderboard.of(List.copyOf(trials.values())));
    }

    private Optional<String> end() {
        return first(RunFailed.class)
                .map(RunFailed::message)
                .or(() -> first(DatasetRejected.class).map(r -> r.message() + " " + r.remedy()))
                .or(() -> first(SearchCompleted.class).map(SearchCompleted::reason));
    }

    private <T extends Event> Optional<T> first(Class<T> type) {
        return all(type).stream().findFirst();
    }

    private <T extends Event> List<T> all(Class<T> type) {
        return events.stream()
                .map(Envelope::event)
                .filter(type::isInstance)
                .<T>map(type::cast)
                .toList();
    }
}
