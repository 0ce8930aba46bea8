package io.millrace.planner.core;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A leading trial that gets more, here its remaining folds, in the manner of ASHA (Li et al., arXiv 1810.05934): no rung waits to be
 * full, the top third of what is there is promoted as soon as there is a free place.
 *
 * @param trial the trial
 * @param reason why, as a sentence
 */
record Promotion(Trial trial, String reason) {
    private static final int ETA = 3;
    /** First looks before the first promotion, so that a third of them means something. */
    private static final int HANDFUL = 5;

    /** Past this share of the time fewer first looks do. */
    private static final double LATE = 0.4;

    private static final int LATE_HANDFUL = 2;
    /** Promotions at most in a run that counts trials. */
    private static final int MOST_COUNTED = 6;
    /** Share of training time that may go to promotions in the first and in the second half of the search. */
    private static final List<Double> SHARES = List.of(0.65, 0.9);
    /** More training should take in proportion what the first did; so much is added where it takes longer. */
    private static final double MARGIN = 1.15;
    /** Rules that must all allow a trial's promotion. */
    private static final List<Rule> RULES =
            List.of(Promotion::enoughSeen, Promotion::withinShare, (draft, trial) -> fits(draft, cost(draft, trial)));

    private interface Rule {
        boolean allows(Draft draft, Trial trial);
    }

    static Optional<Promotion> next(Draft draft) {
        if (!draft.regime.promotes()) {
            return Optional.empty();
        }
        List<Trial> ranked = Standings.byFirstLook(draft.trials.values());
        Set<String> promotedFamilies = new HashSet<>();
        ranked.stream()
                .filter(Trial::promoted)
                .forEach(t -> promotedFamilies.add(t.configuration().family()));
        int third = Math.max(1, draft.firstLooks / ETA);
        // The best of each family comes first: an ensemble lives on members that err differently, but on none that errs
        // more.
        Optional<Trial> leader = ranked.stream()
                .limit(Math.max(1, 2L * draft.firstLooks / ETA))
                .filter(t -> Standings.isCompetitive(draft, t, ranked))
                .filter(t -> promotedFamilies.add(t.configuration().family()))
                .filter(t -> allowed(draft, t))
                .findFirst();
        return leader.or(() -> ranked.stream()
                        .limit(third)
                        .filter(t -> allowed(draft, t))
                        .findFirst())
                .map(t -> new Promotion(t, reason(t, ranked.indexOf(t) + 1, draft.firstLooks)));
    }

    private static boolean allowed(Draft draft, Trial trial) {
        return !trial.promoted()
                && trial.previous().isPresent()
                && RULES.stream().allMatch(rule -> rule.allows(draft, trial));
    }

    private static boolean enoughSeen(Draft draft, Trial trial) {
        boolean late = draft.clock.filter(c -> c.elapsed(draft.now) > LATE).isPresent();
        boolean allStarted = draft.dataset
                .settings()
                .trials()
                .filter(n -> draft.started >= n)
                .isPresent();
        return allStarted || draft.firstLooks >= (late ? LATE_HANDFUL : HANDFUL);
    }

    private static boolean withinShare(Draft draft, Trial trial) {
        if (draft.clock.isEmpty()) {
            return draft.promoted < Math.min(MOST_COUNTED, Math.max(1, draft.firstLooks / ETA));
        }
        double promotions = draft.costs.promotions()
                + draft.outstanding.stream()
                        .map(draft::trial)
                        .filter(Trial::promoted)
                        .mapToDouble(t -> cost(draft, t))
                        .sum();
        double next = cost(draft, trial);
        double share = SHARES.get(draft.clock.get().elapsed(draft.now) < 0.5 ? 0 : 1);
        return promotions + next <= share * (draft.costs.firstLooks() + promotions + next);
    }

    /** Whether more training that should take so many seconds would end in time. */
    static boolean fits(Draft draft, double seconds) {
        return draft.clock
                .filter(c -> MARGIN * seconds + draft.costs.waiting() > c.left(draft.now))
                .isEmpty();
    }

    private static double cost(Draft draft, Trial trial) {
        return draft.costs.again(trial.firstLook().orElseThrow())
                * draft.regime.promotion().size();
    }

    private static String reason(Trial trial, int rank, int of) {
        return String.format(
                Locale.ROOT, "Promoted to more folds: %s is number %d of %d first looks.", trial.name(), rank, of);
    }
}
