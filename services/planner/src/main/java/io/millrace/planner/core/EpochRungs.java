package io.millrace.planner.core;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.ProgressCurve;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rung of successive halving below those of folds, asynchronous and in the promotion form (ASHA, Li et al., arXiv 1810.05934):
 * a dear network pauses on its first fold after a share of its epochs, on the schedule of all of them. As soon as it is in the
 * best third of its family at this point and there is a free place, it goes on from its checkpoint to where it would have come
 * without the pause. Families are not held against each other: their schedules learn at different times.
 *
 * <p>The first of a family does not pause, because there is nothing to hold it against; nor do cures, whose effect is to be
 * measured, and probes of fewer rows. Boosting does not either: XGBoost keeps no position of its random numbers, so that it
 * could not go on as if nothing had been. Boosted networks have a schedule per stage.
 */
final class EpochRungs {
    private static final int ETA = 3;
    /** Where trials pause and are compared: 35 % of the epochs. */
    private static final int MARK = -6;
    /** A pause of fewer epochs saves nothing worth its checkpoint. */
    private static final int LEAST_EPOCHS = 4;
    /** Share of the time that is left from which on a fold is dear. */
    private static final double DEAR = 0.1;

    private EpochRungs() {}

    /** The epoch after which a trial that is about to be requested pauses; empty where it does not. */
    static Optional<Integer> pause(Draft draft, Trial trial, List<Integer> folds) {
        if (!draft.policy.pausesByEpochs()
                || folds.size() > 1
                || trial.intervention().isPresent()
                || trial.isProbe()
                || !(trial.configuration() instanceof NetworkConfiguration network)
                || network.family().equals(NetworkConfiguration.BOOSTED)
                || network.epochs() < LEAST_EPOCHS
                || SeedBags.models(draft.dataset, network) > 1
                || draft.trials.values().stream()
                        .noneMatch(t -> t.number() != trial.number() && isOf(network.family(), t))
                || !isDear(draft, trial)) {
            return Optional.empty();
        }
        return Optional.of(epoch(network));
    }

    private static boolean isOf(String family, Trial trial) {
        return trial.configuration().family().equals(family) && !trial.isProbe();
    }

    /** A run that counts trials must not look at the clock: every network is dear to it. */
    private static boolean isDear(Draft draft, Trial trial) {
        return draft.clock
                .map(clock -> draft.model.seconds(draft.costs, trial.configuration(), 1, trial.rowLimit())
                        > DEAR * clock.left(draft.now))
                .orElse(true);
    }

    private static int epoch(NetworkConfiguration network) {
        return IntStream.range(1, network.epochs())
                .filter(epoch -> network.progress(epoch) >= ProgressCurve.progressAt(MARK))
                .findFirst()
                .orElseThrow();
    }

    /** Takes how a first look stood where trials pause, whether it paused there or went on. */
    static void remember(Draft draft, WorkItem item, ProgressCurve curve) {
        Trial trial = draft.trial(item);
        if (draft.policy.pausesByEpochs() && item.rung() == 0 && !trial.isProbe()) {
            draft.trials.put(trial.number(), trial.atRung(curve.at(MARK)));
        }
    }

    /** The trial that goes on next, with the reason. */
    static Optional<Promotion> next(Draft draft) {
        Map<String, List<Trial>> families = draft.trials.values().stream()
                .filter(t -> t.rungError().isPresent() && t.configuration() instanceof NetworkConfiguration)
                .sorted(Comparator.comparingDouble((Trial t) -> t.rungError().orElseThrow())
                        .thenComparingInt(Trial::number))
                .collect(Collectors.groupingBy(t -> t.configuration().family(), TreeMap::new, Collectors.toList()));
        return families.values().stream()
                .flatMap(ranked -> ranked.stream()
                        .limit(places(ranked.size()))
                        .filter(t -> t.awaitsResumption() && fits(draft, t))
                        .map(t -> new Promotion(t, reason(t, ranked))))
                .min(Comparator.comparingInt(p -> p.trial().number()));
    }

    /** How many of a family may have gone on: a third, and the better of two. */
    private static int places(int seen) {
        return seen < 2 ? 0 : Math.max(1, seen / ETA);
    }

    private static boolean fits(Draft draft, Trial trial) {
        double share = share(trial);
        double rest = draft.costs.again(trial.firstLook().orElseThrow()) * (1 - share) / share;
        return Promotion.fits(draft, rest);
    }

    /** Share of its epochs after which a network pauses. */
    private static double share(Trial trial) {
        NetworkConfiguration network = (NetworkConfiguration) trial.configuration();
        return network.progress(epoch(network));
    }

    /**
     * Share of a first look's training that an outcome tells of: before its pause, after it, or all.
     *
     * @param before the trial before the outcome
     */
    static double share(Trial before, Outcome outcome) {
        return outcome.paused() ? share(before) : before.paused() ? 1 - share(before) : 1;
    }

    private static String reason(Trial trial, List<Trial> ranked) {
        return String.format(
                Locale.ROOT,
                "Goes on from its pause: %s is number %d of %d %s at %.0f %% of the epochs.",
                trial.name(),
                ranked.indexOf(trial) + 1,
                ranked.size(),
                trial.configuration().family(),
                100 * share(trial));
    }
}
