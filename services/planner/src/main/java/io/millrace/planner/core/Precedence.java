package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.SearchStrategy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the proposals that wait let others go first, by what the trials so far have shown; for a search with a wall-clock budget. */
final class Precedence {
    /** More proposals that promise something are not made in search of one that can start, */
    private static final int MOST_AHEAD = 14;
    /** nor more of any kind kept. */
    private static final int MOST_KEPT = 40;
    /** Share of the budget from which on a trial is dear, */
    private static final double DEAR = 0.1;
    /** and that of processor time where its family leads, which makes more of it the better bet. */
    private static final double DEAR_OF_LEADERS = 0.3;

    private final Draft draft;
    private final List<Trial> ranked;
    private final Set<String> tried;
    private final List<Trial> competing;

    Precedence(Draft draft) {
        this.draft = draft;
        this.ranked = Standings.byFirstLook(draft.trials.values());
        this.tried = draft.trials.values().stream()
                .map(t -> t.configuration().family())
                .collect(Collectors.toSet());
        this.competing = ranked.stream()
                .filter(t -> Standings.isCompetitive(draft, t, ranked))
                .toList();
    }

    private static boolean anyOfKind(List<Trial> trials, String kind) {
        return trials.stream().anyMatch(t -> kind(t.configuration()).equals(kind));
    }

    /** Its family; trees that correct a linear model are a kind of their own, as they may be far better than others or far worse. */
    private static String kind(Configuration configuration) {
        return correctsLinearModel(configuration)
                ? configuration.family() + " over a linear model"
                : configuration.family();
    }

    /** Whether more may be proposed. */
    boolean hasRoom() {
        return draft.pending.size() < MOST_KEPT
                && draft.pending.stream().filter(p -> !promisesLittle(p)).count() < MOST_AHEAD;
    }

    /** Those that yield to no other, in their order. */
    Stream<Proposal> first() {
        boolean othersWait = cheap().anyMatch(p -> !awaitsTheFirstNetwork(p));
        return soon().filter(p -> !othersWait || !awaitsTheFirstNetwork(p));
    }

    /** The same and those that only wait for evidence, whose turn may be next. */
    Stream<Proposal> soon() {
        boolean room = hasRoom();
        Set<Proposal> cheap = cheap().collect(Collectors.toUnmodifiableSet());
        return List.copyOf(draft.pending).stream().filter(p -> !yields(p, room, cheap));
    }

    /** What any other may yield to. */
    private Stream<Proposal> cheap() {
        return draft.pending.stream().filter(p -> !isDear(p) && !promisesLittle(p));
    }

    /**
     * Whether it yields to others: it {@linkplain #promisesLittle promises little}, or is dear and of a family that has not shown yet that
     * it is a match for the best, and a cheap one waits or could still be proposed; or it is dear, and a cheap one waits that is of
     * a family without a trial.
     */
    private boolean yields(Proposal proposal, boolean room, Set<Proposal> cheap) {
        if (draft.trials.isEmpty() || cheap.contains(proposal) || isCalledFor(proposal)) {
            return false;
        }
        String family = proposal.configuration().family();
        boolean unproven = promisesLittle(proposal) || (tried.contains(family) && !competes(family));
        return unproven
                ? room || !cheap.isEmpty()
                : cheap.stream().anyMatch(p -> !tried.contains(p.configuration().family()));
    }

    /**
     * Whether, where rows are many and every trial takes its time, what is like it was too far behind to be a member: its kind; or, where
     * its family has no result, the best of the networks that it is one of, twice as far (adult: a plain one 11 % behind, the four that
     * came next 9 to 10 %, at half of what training took and without weight; bank_marketing: a plain one 3 % behind, TabM first).
     */
    boolean promisesLittle(Proposal proposal) {
        if (!goesByEvidence(proposal)) {
            return false;
        }
        String kind = kind(proposal.configuration());
        return anyOfKind(ranked, kind)
                ? !anyOfKind(competing, kind)
                : isDeep(proposal.configuration())
                        && bestNetwork()
                                .filter(t -> !Standings.isWithin(2 * Standings.COMPETITIVE, draft, t, ranked))
                                .isPresent();
    }

    /** Whether the first network of all is still being trained, which will tell whether those like it promise anything. */
    private boolean awaitsTheFirstNetwork(Proposal proposal) {
        return goesByEvidence(proposal)
                && isDeep(proposal.configuration())
                && bestNetwork().isEmpty()
                && draft.outstanding.stream().map(draft::trial).anyMatch(t -> isDeep(t.configuration()));
    }

    private boolean goesByEvidence(Proposal proposal) {
        return draft.policy.strategy() == SearchStrategy.DIAGNOSIS
                && draft.dataset.trainingRows() > Regime.SMALL
                && proposal.intervention().isEmpty();
    }

    private Optional<Trial> bestNetwork() {
        return ranked.stream().filter(t -> isDeep(t.configuration())).findFirst();
    }

    private static boolean isDeep(Configuration configuration) {
        return CostModel.DEEP.contains(configuration.family());
    }

    /**
     * Whether it is the first of trees that correct a linear model, and such a model is better than all trees so far: hardly anything
     * promises more then (hflights: boosting 10.7, the linear model 8.8, boosting of what it leaves 7.2).
     */
    private boolean isCalledFor(Proposal proposal) {
        return draft.policy.strategy() == SearchStrategy.DIAGNOSIS
                && correctsLinearModel(proposal.configuration())
                && draft.trials.values().stream().noneMatch(t -> correctsLinearModel(t.configuration()))
                && ranked.stream()
                        .map(Trial::configuration)
                        .filter(c -> c instanceof TreesConfiguration || isLinear(c))
                        .limit(1)
                        .anyMatch(Precedence::isLinear);
    }

    private static boolean correctsLinearModel(Configuration configuration) {
        return configuration instanceof TreesConfiguration trees && trees.correctsLinearModel();
    }

    private static boolean isLinear(Configuration configuration) {
        return configuration.family().equals(NetworkConfiguration.LINEAR);
    }

    private boolean competes(String family) {
        return competing.stream().anyMatch(t -> t.configuration().family().equals(family));
    }

    private boolean isDear(Proposal proposal) {
        double budget = BudgetClock.seconds(draft.dataset.settings().budget().orElseThrow());
        double share = NextItem.seconds(draft, proposal) / budget;
        return share > DEAR
                && (share * draft.costs.busy() > DEAR_OF_LEADERS
                        || !leads(proposal.configuration().family()));
    }

    private boolean leads(String family) {
        return ranked.stream().limit(1).anyMatch(t -> t.configuration().family().equals(family));
    }
}
