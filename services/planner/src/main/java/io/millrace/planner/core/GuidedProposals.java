package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.planner.core.space.Neighbourhood;
import io.millrace.planner.core.space.Spaces;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Goes on where the {@link Portfolio} ends, guided by what was measured: {@link FamilyBandit} chooses a family, and
 * {@link ParzenSearch} a variant of one of its leaders. Now and then something is sampled that nothing speaks for.
 */
final class GuidedProposals {
    /** Share of proposals that are sampled from the whole space: what a variant seldom changes comes in by them first. */
    private static final double SAMPLED = 0.2;
    /** Draws at most until one is new: a family of few configurations may have been tried through. */
    private static final int MOST_DRAWS = 20;

    private final Draft draft;

    GuidedProposals(Draft draft) {
        this.draft = draft;
    }

    /**
     * Proposes; the same seed, index and results give the same proposal.
     *
     * @param samples the space that is sampled
     * @param index how many were proposed before
     */
    Proposal propose(RandomConfigurations samples, int index) {
        SplittableRandom random = samples.random(index);
        Proposal drawn = draw(samples, random);
        for (int draws = 1; draws < MOST_DRAWS && isKnown(drawn.configuration()); draws++) {
            drawn = draw(samples, random);
        }
        return drawn;
    }

    private boolean isKnown(Configuration configuration) {
        return of(configuration.family()).anyMatch(configuration::equals);
    }

    private Proposal draw(RandomConfigurations samples, SplittableRandom random) {
        List<Trial> leaders = RandomConfigurations.leaders(Standings.ranked(draft.trials.values()));
        if (leaders.isEmpty() || random.nextDouble() < SAMPLED) {
            return samples.sample(random);
        }
        FamilyBandit.Prospect prospect = FamilyBandit.choose(arms(leaders));
        List<Trial> ofFamily = leaders.stream()
                .filter(t -> t.configuration().family().equals(prospect.family()))
                .toList();
        // The better of two draws: the leader is varied more often than the second.
        Trial leader = ofFamily.get(Math.min(random.nextInt(ofFamily.size()), random.nextInt(ofFamily.size())));
        Neighbourhood<?> variants = Spaces.of(leader.configuration()).around(leader.configuration(), draft.dataset);
        ParzenSearch search = new ParzenSearch(variants.weights(), seen(variants, prospect.family()));
        boolean[] moved = variants.moved(random, 1);
        double[] place = search.next(random, source -> variants.walk(moved, source));
        return new Proposal(variants.at(place), reason(prospect, leader, search));
    }

    private static String reason(FamilyBandit.Prospect prospect, Trial leader, ParzenSearch search) {
        return String.format(
                Locale.ROOT,
                "Varies %s: %s; %d beat those before them, and the family is %.1f %% behind the best.",
                leader.name(),
                search.good() == 0
                        ? "the only trial of " + prospect.family()
                        : "guided by the best " + search.good() + " of " + (prospect.trials() + 1) + " trials of "
                                + prospect.family(),
                prospect.improved(),
                100 * prospect.behind());
    }

    /** The families that have a leader. */
    private List<FamilyBandit.Arm> arms(List<Trial> leaders) {
        Map<String, List<Double>> shortfalls = new LinkedHashMap<>();
        leaders.forEach(t -> shortfalls.computeIfAbsent(t.configuration().family(), this::shortfalls));
        return shortfalls.entrySet().stream()
                .map(e -> new FamilyBandit.Arm(e.getKey(), e.getValue(), seconds(e.getKey())))
                .toList();
    }

    /** What the trials of a family that has a leader lack; one that was stopped is no better than its worst. */
    private List<Double> shortfalls(String family) {
        double worst = scored(family)
                .filter(t -> !t.stopped())
                .mapToDouble(draft::shortfall)
                .max()
                .orElseThrow();
        return scored(family).map(t -> t.stopped() ? worst : draft.shortfall(t)).toList();
    }

    private double seconds(String family) {
        return of(family)
                .mapToDouble(c -> draft.model.seconds(
                        draft.costs, c, draft.regime.firstLook().size(), RowLimits.of(draft, c)))
                .sum();
    }

    private List<ParzenSearch.Observation> seen(Neighbourhood<?> variants, String family) {
        Stream<ParzenSearch.Observation> results = scored(family)
                .map(t -> new ParzenSearch.Observation(
                        variants.place(t.configuration()),
                        // What was stopped is known not to be good, though not how far it would have come.
                        t.stopped()
                                ? Double.MAX_VALUE
                                : t.firstLook().orElseThrow().error()));
        Stream<ParzenSearch.Observation> awaited = Stream.concat(
                        draft.trials.values().stream()
                                .filter(t -> t.firstLook().isEmpty() && !t.isProbe())
                                .map(Trial::configuration),
                        draft.pending.stream().map(Proposal::configuration))
                .filter(c -> c.family().equals(family))
                .map(c -> new ParzenSearch.Observation(variants.place(c), Double.POSITIVE_INFINITY));
        return Stream.concat(results, awaited).toList();
    }

    /** Trials of a family with a first look, in their order. */
    private Stream<Trial> scored(String family) {
        return draft.trials.values().stream()
                .filter(t -> t.configuration().family().equals(family))
                .filter(t -> t.firstLook().isPresent() && !t.isProbe())
                .sorted(Comparator.comparingInt(Trial::number));
    }

    /** Configurations of a family that were started or wait for their turn. */
    private Stream<Configuration> of(String family) {
        return Stream.concat(
                        draft.trials.values().stream().map(Trial::configuration),
                        draft.pending.stream().map(Proposal::configuration))
                .filter(c -> c.family().equals(family));
    }
}
