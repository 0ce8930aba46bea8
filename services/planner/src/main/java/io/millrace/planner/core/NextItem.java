package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.SearchStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the next work item: a promotion where one is due, otherwise a new trial. */
final class NextItem {
    /** Proposals that are made ahead, so that range tests overlap with training. */
    private static final int LOOK_AHEAD = 6;
    /** More proposals than this are not made in search of one that can start. */
    private static final int MOST_AHEAD = 14;
    /** Less time than this is not worth a trial. */
    private static final double LEAST_SECONDS = 0.3;
    /** Share of what it takes that a trial must get to be worth it when time runs out, */
    private static final double LEAST_SHARE = 0.4;
    /** and how much of the time that is left it is fitted to: what training costs is not known to a tenth. */
    private static final double MARGIN = 0.85;
    /** Share of the budget from which on a trial is dear, */
    private static final double DEAR = 0.1;
    /** and that of processor time where its family leads, which makes more of it the better bet. */
    private static final double DEAR_OF_LEADERS = 0.3;

    private NextItem() {}

    /** Issues an item if there is one worth it. */
    static boolean issue(Draft draft) {
        if (draft.clock.filter(c -> c.left(draft.now) < LEAST_SECONDS).isPresent()) {
            return false;
        }
        Optional<Promotion> promotion = Promotion.next(draft);
        if (promotion.isPresent()) {
            Issue.promotion(draft, promotion.get());
            return true;
        }
        Optional<Promotion> resumption = EpochRungs.next(draft);
        if (resumption.isPresent()) {
            Issue.resumption(draft, resumption.get());
            return true;
        }
        ChooseCure.request(draft);
        DataProbe.request(draft);
        Optional<Proposal> proposal = draft.countsTrials() ? inOrder(draft) : startable(draft);
        proposal.ifPresent(p -> {
            draft.pending.remove(p);
            Issue.firstLook(draft, p);
        });
        return proposal.isPresent();
    }

    private static Optional<Proposal> inOrder(Draft draft) {
        int most = draft.dataset.settings().trials().orElseThrow();
        if (draft.started >= most) {
            return Optional.empty();
        }
        while (draft.pending.size() < Math.min(LOOK_AHEAD, most - draft.started)) {
            propose(draft);
        }
        draft.pending.forEach(p -> Ranges.request(draft, p));
        return Optional.of(draft.pending.get(0));
    }

    private static Optional<Proposal> startable(Draft draft) {
        // Those that yield may wait long: they must not keep the range tests of others from being requested ahead.
        while (draft.pending.size() < MOST_AHEAD
                && draft.pending.stream().filter(p -> !yields(draft, p)).count() < LOOK_AHEAD) {
            propose(draft);
        }
        Optional<Proposal> fitting = firstFitting(draft);
        while (fitting.isEmpty() && draft.pending.size() < MOST_AHEAD) {
            propose(draft);
            fitting = firstFitting(draft);
        }
        // One fold that the deadline cuts short is still worth something, all folds cut short are not.
        boolean anything = draft.regime.firstLook().size() == 1 || !draft.usable();
        if (anything) {
            draft.pending.forEach(p -> Ranges.request(draft, p));
        } else {
            requestRangesInTime(draft);
        }
        if (fitting.isEmpty() && draft.usable() && draft.pending.stream().anyMatch(p -> fitsWithItsRange(draft, p))) {
            return Optional.empty();
        }
        return fitting.or(() -> anything ? cheapest(draft) : Optional.empty()).or(() -> hurried(draft));
    }

    /** Whether it could start but for its range test, which is over in no time: better to wait for that than to train what does not fit. */
    private static boolean fitsWithItsRange(Draft draft, Proposal proposal) {
        return !ready(draft, proposal.configuration()) && !yields(draft, proposal) && fits(draft, proposal);
    }

    /**
     * The network that comes nearest to being trained as proposed, in as many epochs as there is time for: its schedule spans these, so that
     * it ends no worse than on its way. Otherwise the last seconds would pass idle.
     */
    private static Optional<Proposal> hurried(Draft draft) {
        if (draft.ranges.values().stream().anyMatch(test -> test.range().isEmpty())) {
            return Optional.empty();
        }
        return draft.pending.stream()
                .filter(p -> p.configuration() instanceof NetworkConfiguration
                        && p.intervention().isEmpty())
                .filter(p -> ready(draft, p.configuration()) && !yields(draft, p))
                .max(Comparator.comparingDouble(p -> timeFor(draft, p)))
                .filter(p -> timeFor(draft, p) >= LEAST_SHARE)
                .map(p -> {
                    Proposal hurried = p.inFewerEpochs(MARGIN * timeFor(draft, p));
                    draft.pending.set(draft.pending.indexOf(p), hurried);
                    return hurried;
                });
    }

    /** Requests the range tests of what can still be trained, if all before it are: others' would be in vain. */
    private static void requestRangesInTime(Draft draft) {
        double ahead = 0;
        for (Proposal proposal : draft.pending) {
            if (fits(draft, proposal, ahead / draft.window) && !yields(draft, proposal)) {
                Ranges.request(draft, proposal);
                ahead += seconds(draft, proposal);
            }
        }
    }

    private static Optional<Proposal> firstFitting(Draft draft) {
        return draft.pending.stream()
                .filter(p -> ready(draft, p.configuration()) && !yields(draft, p))
                .filter(p -> fits(draft, p))
                .findFirst();
    }

    /**
     * Whether it yields to others: it is dear, and one that is not waits that is of a family without a trial; or its own
     * family has not shown yet that it is a match for the best, and any that is not dear waits or could still be proposed.
     */
    private static boolean yields(Draft draft, Proposal proposal) {
        if (draft.trials.isEmpty() || !isDear(draft, proposal) || isCalledFor(draft, proposal)) {
            return false;
        }
        Set<String> tried = draft.trials.values().stream()
                .map(t -> t.configuration().family())
                .collect(Collectors.toSet());
        String family = proposal.configuration().family();
        boolean unproven = tried.contains(family) && !competes(draft, family);
        return (unproven && draft.pending.size() < MOST_AHEAD)
                || draft.pending.stream()
                        .filter(p ->
                                unproven || !tried.contains(p.configuration().family()))
                        .anyMatch(p -> !isDear(draft, p));
    }

    /**
     * Whether it is the first of trees that correct a linear model, and such a model is better than all trees so far: hardly anything
     * promises more then (hflights: boosting 10.7, the linear model 8.8, boosting of what it leaves 7.2).
     */
    private static boolean isCalledFor(Draft draft, Proposal proposal) {
        return draft.policy.strategy() == SearchStrategy.DIAGNOSIS
                && correctsLinearModel(proposal.configuration())
                && draft.trials.values().stream().noneMatch(t -> correctsLinearModel(t.configuration()))
                && Standings.byFirstLook(draft.trials.values()).stream()
                        .map(Trial::configuration)
                        .filter(c -> c instanceof TreesConfiguration || isLinear(c))
                        .limit(1)
                        .anyMatch(NextItem::isLinear);
    }

    private static boolean correctsLinearModel(Configuration configuration) {
        return configuration instanceof TreesConfiguration trees && trees.correctsLinearModel();
    }

    private static boolean isLinear(Configuration configuration) {
        return configuration.family().equals(NetworkConfiguration.LINEAR);
    }

    private static boolean competes(Draft draft, String family) {
        List<Trial> ranked = Standings.byFirstLook(draft.trials.values());
        return ranked.stream()
                .anyMatch(t -> t.configuration().family().equals(family) && Standings.isCompetitive(draft, t, ranked));
    }

    private static boolean isDear(Draft draft, Proposal proposal) {
        double budget = BudgetClock.seconds(draft.dataset.settings().budget().orElseThrow());
        double share = seconds(draft, proposal) / budget;
        return share > DEAR
                && (share * draft.costs.busy() > DEAR_OF_LEADERS
                        || !leads(draft, proposal.configuration().family()));
    }

    private static boolean leads(Draft draft, String family) {
        return Standings.byFirstLook(draft.trials.values()).stream()
                .limit(1)
                .anyMatch(t -> t.configuration().family().equals(family));
    }

    /** What takes least, if there is time for enough of it or nothing usable yet. */
    private static Optional<Proposal> cheapest(Draft draft) {
        return draft.pending.stream()
                .filter(p -> ready(draft, p.configuration()) && !yields(draft, p))
                .filter(p -> !draft.usable() || timeFor(draft, p) >= LEAST_SHARE)
                .min(Comparator.comparingDouble(p -> seconds(draft, p)));
    }

    private static boolean ready(Draft draft, Configuration configuration) {
        return !(configuration instanceof NetworkConfiguration network)
                || draft.rangeOf(network).flatMap(RangeTest::range).isPresent();
    }

    /** Whether a proposal would end in time if it started now. */
    static boolean fits(Draft draft, Proposal proposal) {
        return draft.clock.isEmpty() || fits(draft, proposal, 0);
    }

    private static boolean fits(Draft draft, Proposal proposal, double later) {
        return seconds(draft, proposal) <= left(draft) - later;
    }

    /** The time that is left in units of what a proposal takes. */
    private static double timeFor(Draft draft, Proposal proposal) {
        return left(draft) / seconds(draft, proposal);
    }

    private static double left(Draft draft) {
        return draft.clock.orElseThrow().left(draft.now) - draft.costs.waiting();
    }

    private static double seconds(Draft draft, Proposal proposal) {
        return draft.model.seconds(
                draft.costs,
                proposal.configuration(),
                draft.regime.firstLook().size(),
                Issue.rowLimit(draft, proposal));
    }

    private static Proposal afterPortfolio(Draft draft, int index) {
        RandomConfigurations random = new RandomConfigurations(draft.dataset);
        return switch (draft.policy.strategy()) {
            case DIAGNOSIS -> new GuidedProposals(draft).propose(random, index);
            case HALVING -> random.propose(index, Standings.ranked(draft.trials.values()));
            case RANDOM -> random.sample(index);
        };
    }

    private static void propose(Draft draft) {
        List<Proposal> portfolio = new Portfolio(draft.dataset).proposals();
        int index = draft.proposals++;
        Proposal proposal = index < portfolio.size() ? portfolio.get(index) : afterPortfolio(draft, index);
        draft.pending.add(proposal);
    }
}
