package io.millrace.planner.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.TrialRequested;
import java.util.List;
import java.util.Optional;

/** Turns a decision into a work item, and hands it out as soon as its learning rate is known. */
final class Issue {
    private Issue() {}

    static void firstLook(Draft draft, Proposal proposal) {
        firstLook(draft, proposal, draft.regime.firstLook(), rowLimit(draft, proposal));
    }

    static void firstLook(Draft draft, Proposal proposal, List<Integer> folds, Optional<Integer> rowLimit) {
        int number = ++draft.started;
        Optional<RangeTest> test = proposal.configuration() instanceof NetworkConfiguration network
                ? draft.rangeOf(network)
                : Optional.empty();
        Trial trial = new Trial(
                number,
                proposal.configuration(),
                proposal.learningRate().or(() -> test.flatMap(RangeTest::range)),
                proposal.dataShare(),
                rowLimit,
                draft.parent(proposal)
                        .filter(p -> !isTwin(proposal, p))
                        .map(Trial::seed)
                        .orElseGet(() -> Seeds.of(draft.dataset.settings().seed(), "trial", number)),
                proposal.intervention(),
                false,
                false,
                Optional.empty(),
                List.of());
        draft.trials.put(number, trial);
        draft.cured += proposal.intervention().isPresent() ? 1 : 0;
        boolean waits = test.isPresent() && trial.learningRate().isEmpty();
        add(
                draft,
                new WorkItem(
                        ++draft.issued,
                        number,
                        0,
                        folds,
                        rowLimit,
                        yardstick(draft),
                        DataProbe.curve(draft),
                        MedianStopping.rule(draft, trial, folds.get(0)),
                        EpochRungs.pause(draft, trial, folds),
                        proposal.reason(),
                        draft.now,
                        !waits));
    }

    /** Most training rows of a proposal's first look. */
    static Optional<Integer> rowLimit(Draft draft, Proposal proposal) {
        return RowLimits.of(draft, proposal.configuration(), proposal.dataShare(), draft.parent(proposal));
    }

    /**
     * Whether nothing but the seed can make a difference. What was changed is trained under its parent's seed: on few rows seeds make more
     * of a difference than most cures, and a cure would seem to help that had drawn the better one.
     */
    private static boolean isTwin(Proposal proposal, Trial parent) {
        return proposal.configuration().equals(parent.configuration())
                && proposal.learningRate().equals(parent.learningRate())
                && proposal.dataShare().isEmpty();
    }

    /** More folds for a trial. */
    static void promotion(Draft draft, Promotion promotion) {
        draft.trials.put(promotion.trial().number(), promotion.trial().withPromotion());
        draft.promoted++;
        more(draft, promotion, draft.regime.promotion(), Optional.empty());
    }

    /** The rest of the epochs for a trial that paused. */
    static void resumption(Draft draft, Promotion promotion) {
        draft.trials.put(promotion.trial().number(), promotion.trial().withResumption());
        more(draft, promotion, draft.regime.firstLook(), promotion.trial().rowLimit());
    }

    private static void more(Draft draft, Promotion promotion, List<Integer> folds, Optional<Integer> rowLimit) {
        add(
                draft,
                new WorkItem(
                        ++draft.issued,
                        promotion.trial().number(),
                        promotion.trial().nextRung(),
                        folds,
                        rowLimit,
                        yardstick(draft),
                        DataProbe.curve(draft),
                        Optional.empty(),
                        Optional.empty(),
                        promotion.reason(),
                        draft.now,
                        true));
    }

    private static Optional<Double> yardstick(Draft draft) {
        return Standings.byFirstLook(draft.trials.values()).stream()
                .findFirst()
                .map(best -> best.firstLook().orElseThrow().score().value());
    }

    static void handOutWaiting(Draft draft, String key, LearningRateRange range) {
        draft.outstanding.replaceAll(item -> {
            Trial trial = draft.trial(item);
            if (item.published()
                    || !(trial.configuration() instanceof NetworkConfiguration network)
                    || !RangeTest.key(network).equals(key)) {
                return item;
            }
            draft.trials.put(trial.number(), trial.at(range));
            emit(draft, item);
            return item.handedOut();
        });
    }

    private static void add(Draft draft, WorkItem item) {
        draft.outstanding.add(item);
        if (item.published()) {
            emit(draft, item);
        }
    }

    private static void emit(Draft draft, WorkItem item) {
        Trial trial = draft.trial(item);
        draft.emit(
                trial.name() + "/" + item.rung(),
                new TrialRequested(
                        trial.name(),
                        trial.number(),
                        item.rung(),
                        trial.configuration(),
                        trial.learningRate(),
                        item.folds(),
                        item.rowLimit(),
                        SeedBags.of(draft.dataset, trial.configuration()),
                        draft.dataset.metric(),
                        draft.dataset.table(),
                        draft.dataset.profile(),
                        trial.seed(),
                        item.rung() == 0 ? Optional.empty() : trial.previous(),
                        item.reason(),
                        draft.clock.map(BudgetClock::deadline),
                        item.yardstick(),
                        item.dataCurve(),
                        trial.intervention().map(Intervention::cause),
                        item.stopRule(),
                        item.pauseAfter()));
    }
}
