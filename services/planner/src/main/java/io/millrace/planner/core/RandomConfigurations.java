package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import io.millrace.planner.core.space.Neighbourhood;
import io.millrace.planner.core.space.Space;
import io.millrace.planner.core.space.Spaces;
import io.millrace.planner.core.space.Stretch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Goes on at random where the {@link Portfolio} ends: samples the search space, or varies one of the leaders, which is what
 * the opponents of {@link GuidedProposals} do. The same seed, index and leaders give the same proposal.
 */
final class RandomConfigurations {
    private static final double VARY_A_LEADER = 0.7;
    private static final int LEADERS = 6;
    private static final int FAMILY_LEADERS = 2;
    /** A sample deviates so many times as often as a variant of a leader: seldom moved dimensions change by it first. */
    private static final double SAMPLED_BOLDNESS = 4;

    private final DatasetProfiled dataset;
    private final List<Proposal> portfolio;

    RandomConfigurations(DatasetProfiled dataset) {
        this.dataset = dataset;
        this.portfolio = new Portfolio(dataset).proposals();
    }

    /**
     * Proposes.
     *
     * @param index how many were proposed before
     * @param ranked trials, best first
     */
    Proposal propose(int index, List<Trial> ranked) {
        SplittableRandom random = random(index);
        List<Trial> leaders = leaders(ranked);
        if (!leaders.isEmpty() && random.nextDouble() < VARY_A_LEADER) {
            // The better of two draws: leaders further up are varied more often.
            Trial leader = leaders.get(Math.min(random.nextInt(leaders.size()), random.nextInt(leaders.size())));
            return new Proposal(
                    vary(leader.configuration(), random, 1),
                    "Varies " + leader.name() + ", which is among the best so far.");
        }
        return sample(random);
    }

    /** Samples without a look at results: random search. */
    Proposal sample(int index) {
        return sample(random(index));
    }

    SplittableRandom random(int index) {
        return new SplittableRandom(Seeds.of(dataset.settings().seed(), "proposal", index));
    }

    /** A deviation from one of the portfolio's, whose families come as often as their spaces declare. */
    Proposal sample(SplittableRandom random) {
        String family = family(random);
        List<Proposal> bases = portfolio.stream()
                .filter(p -> p.configuration().family().equals(family))
                .toList();
        Configuration base = bases.get(random.nextInt(bases.size())).configuration();
        return new Proposal(
                vary(base, random, SAMPLED_BOLDNESS), "Sampled from the search space, away from what was tried.");
    }

    private String family(SplittableRandom random) {
        List<Space<?>> allowed = Spaces.ALL.stream()
                .filter(s -> portfolio.stream()
                        .anyMatch(p -> p.configuration().family().equals(s.family())))
                .toList();
        int draw = random.nextInt(allowed.stream().mapToInt(Space::share).sum());
        int i = 0;
        while (draw >= allowed.get(i).share()) {
            draw -= allowed.get(i++).share();
        }
        return allowed.get(i).family();
    }

    /** The best, though no family fills the list: variants of one model err alike and make a poor ensemble. */
    static List<Trial> leaders(List<Trial> ranked) {
        Map<String, Integer> perFamily = new HashMap<>();
        return ranked.stream()
                .filter(t -> t.best().isPresent() && !t.isProbe() && !t.stopped())
                .filter(t -> perFamily.merge(t.configuration().family(), 1, Integer::sum) <= FAMILY_LEADERS)
                .limit(LEADERS)
                .toList();
    }

    private Configuration vary(Configuration base, SplittableRandom random, double boldness) {
        Neighbourhood<?> variants = Spaces.of(base).around(base, dataset);
        boolean[] moved = variants.moved(random, boldness);
        ParzenSearch nothingSeen = new ParzenSearch(variants.weights(), List.of());
        return variants.at(nothingSeen.next(random, source -> variants.walk(moved, source)));
    }

    /** Three significant digits: as good, and people can read it. */
    static double rounded(double value) {
        return Stretch.rounded(value);
    }
}
