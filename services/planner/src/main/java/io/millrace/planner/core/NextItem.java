package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses the next work item: a promotion where one is due, otherwise a new trial. */
final class NextItem {
    /** Proposals that are made ahead, so that range tests overlap with training. */
    private static final int LOOK_AHEAD = 6;
    /** Less time than this is not worth a trial. */
    private static final double LEAST_SECONDS = 0.3;
    /** Share of what it takes that a trial must get to be worth it when time runs out, */
    private static final double LEAST_SHARE = 0.4;
    /** and how much of the time that is left it is fitted to: what training costs is not known to a tenth. */
    private static final double MARGIN = 0.85;
    /** Networks at least whose rates are found before it is their turn: tests of more take the cores from training, some of them in vain. */
    private static final int TESTED_AHEAD = 2;

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
        Precedence precedence = new Precedence(draft);
        // Those that yield may wait long: they must not keep the range tests of others from being requested ahead.
        while (precedence.hasRoom() && precedence.first().count() < LOOK_AHEAD) {
            propose(draft);
        }
        Optional<Proposal> fitting = firstFitting(draft, precedence);
        while (fitting.isEmpty() && precedence.hasRoom()) {
            propose(draft);
            fitting = firstFitting(draft, precedence);
        }
        // One fold that the deadline cuts short is still worth something, all folds cut short are not.
        boolean anything = draft.regime.firstLook().size() == 1 || !draft.usable();
        requestRanges(draft, precedence, anything);
        if (fitting.isEmpty() && draft.usable() && precedence.first().anyMatch(p -> fitsWithItsRange(draft, p))) {
            return Optional.empty();
        }
        return fitting.or(() -> anything ? cheapest(draft, precedence) : Optional.empty())
                .or(() -> hurried(draft, precedence));
    }

    /** Whether it could start but for its range test, which is over in no time: better to wait for that than to train what does not fit. */
    private static boolean fitsWithItsRange(Draft draft, Proposal proposal) {
        return proposal.configuration() instanceof NetworkConfiguration network
                && draft.rangeOf(network).filter(test -> test.range().isEmpty()).isPresent()
                && fits(draft, proposal);
    }

    /**
     * The network that comes nearest to being trained as proposed, in as many epochs as there is time for: its schedule spans these, so that
     * it ends no worse than on its way. Otherwise the last seconds would pass idle.
     */
    private static Optional<Proposal> hurried(Draft draft, Precedence precedence) {
        if (draft.ranges.values().stream().anyMatch(test -> test.range().isEmpty())) {
            return Optional.empty();
        }
        return precedence
                .first()
                .filter(p -> p.configuration() instanceof NetworkConfiguration
                        && p.intervention().isEmpty())
                .filter(p -> ready(draft, p.configuration()))
                .max(Comparator.comparingDouble(p -> timeFor(draft, p)))
                .filter(p -> timeFor(draft, p) >= LEAST_SHARE)
                .map(p -> {
                    Proposal hurried = p.inFewerEpochs(MARGIN * timeFor(draft, p));
                    draft.pending.set(draft.pending.indexOf(p), hurried);
                    return hurried;
                });
    }

    /** Requests the range tests of the networks whose turn is next, of such as can still be trained if all before them are. */
    private static void requestRanges(Draft draft, Precedence precedence, boolean evenCutShort) {
        int most = Ranges.areLate(draft) ? draft.pending.size() : Math.max(TESTED_AHEAD, draft.window / 2);
        int networks = 0;
        double ahead = 0;
        for (Proposal proposal : precedence.soon().toList()) {
            if (evenCutShort || fits(draft, proposal, ahead / draft.window)) {
                ahead += seconds(draft, proposal);
                if (proposal.configuration() instanceof NetworkConfiguration && networks++ < most) {
                    Ranges.request(draft, proposal);
                }
            }
        }
    }

    private static Optional<Proposal> firstFitting(Draft draft, Precedence precedence) {
        return precedence
                .first()
                .filter(p -> ready(draft, p.configuration()))
                .filter(p -> fits(draft, p))
                .findFirst();
    }

    /** What takes least, if there is time for enough of it or nothing usable yet. */
    private static Optional<Proposal> cheapest(Draft draft, Precedence precedence) {
        return precedence
                .first()
                .filter(p -> ready(draft, p.configuration()))
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

    static double seconds(Draft draft, Proposal proposal) {
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
