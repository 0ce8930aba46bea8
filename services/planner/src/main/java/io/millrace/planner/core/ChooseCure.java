package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.Cause;
import io.millrace.events.CureRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Picks the cure with the best expected gain per second, if it promises more than another proposal would. What counts as
 * gain is getting past the best trial: with a gain G of mean g where the cure helps, exponentially distributed, and a
 * trial that is a share d behind the best, E[max(0, G - d)] = g exp(-d / g).
 */
final class ChooseCure {
    /** Trials that are looked at, as many as are varied. */
    private static final int PATIENTS = 6;
    /** First looks before the first cure: a problem is worth curing in what is good, and first that must be known. */
    private static final int SEEN = 6;
    /** Cures at most per trial, the portfolio's and others' alike. */
    private static final int PER_PATIENT = 3;
    /** Share of the started trials that may be cures: while the portfolio has entries left, and afterwards. */
    private static final double EARLY_SHARE = 0.2;

    private static final double SHARE = 0.4;
    /** Expected gain of a proposal, as little as is measured late in a run: one in eight is better, by a hundredth. */
    private static final double PROPOSAL_GAIN = 0.00125;

    private ChooseCure() {}

    /** A treatment of a trial and what it promises. */
    private record Option(Patient patient, Cure cure, Treatment treatment, double expectedGain, double perSecond) {}

    /** Has the cure trained next that is worth it, if it would end in time; where its rate must be found first, others may pass it. */
    static void request(Draft draft) {
        if (draft.dataset.settings().trials().filter(n -> draft.started >= n).isPresent()) {
            return;
        }
        next(draft, RandomConfigurations.leaders(Standings.byFirstLook(draft.trials.values())))
                .filter(cure -> NextItem.fits(draft, cure))
                .ifPresent(cure -> {
                    draft.pending.add(0, cure);
                    Ranges.request(draft, cure);
                });
    }

    private static Optional<Proposal> next(Draft draft, List<Trial> leaders) {
        if (!draft.policy.cures()
                || leaders.isEmpty()
                || draft.firstLooks < SEEN
                || underWay(draft)
                || shareIsUsed(draft)) {
            return Optional.empty();
        }
        double best = draft.shortfall(leaders.get(0));
        Set<Configuration> known = tried(draft);
        List<Option> options = new ArrayList<>();
        for (Trial trial : leaders.subList(0, Math.min(PATIENTS, leaders.size()))) {
            Outcome look = trial.firstLook().orElseThrow();
            Patient patient = new Patient(trial, look, draft.dataset, found(draft, trial));
            if (cures(draft, trial) < PER_PATIENT) {
                for (Cure cure : Cures.ALL) {
                    cure.treat(patient)
                            .filter(t -> draft.dataset.settings().allows(t.configuration()))
                            .filter(t -> isNew(known, t, trial) && !wasTried(draft, trial, cure))
                            .ifPresent(t -> options.add(option(draft, patient, cure, t, best)));
                }
            }
        }
        return options.stream()
                .max(Comparator.comparingDouble(Option::perSecond))
                .filter(o -> o.perSecond() > PROPOSAL_GAIN / alternative(draft, o))
                .map(o -> proposal(draft, o));
    }

    private static Option option(Draft draft, Patient patient, Cure cure, Treatment treatment, double best) {
        CureRecord record = draft.cureRecords.getOrDefault(cure.name(), CureRecord.NONE);
        double gain = cure.gainWhereItHelps(record);
        double behind = (draft.shortfall(patient.trial()) - best) / Math.max(1e-12, Math.abs(best));
        double chance = cure.chance(record) * patient.look().confidence();
        double value = chance * gain * Math.exp(-behind / gain);
        return new Option(patient, cure, treatment, chance * gain, value / seconds(draft, treatment, patient.trial()));
    }

    private static Proposal proposal(Draft draft, Option option) {
        Trial trial = option.patient().trial();
        Cause cause = new Cause(
                trial.name(), option.patient().look().verdict(), option.cure().name(), option.expectedGain());
        return new Proposal(
                option.treatment().configuration(),
                String.format(
                        Locale.ROOT,
                        "Cures %s of its %s problem by %s, which should take %.1f %% of its error.",
                        trial.name(),
                        cause.verdict().name().toLowerCase(Locale.ROOT),
                        cause.cure(),
                        100 * cause.expectedGain()),
                option.treatment().learningRate(),
                option.treatment().dataShare(),
                Optional.of(new Intervention(cause, draft.shortfall(trial))));
    }

    /** One at a time: what it does is to be known before the next is chosen. */
    private static boolean underWay(Draft draft) {
        return draft.pending.stream().anyMatch(p -> p.intervention().isPresent())
                || draft.outstanding.stream()
                        .anyMatch(i ->
                                i.rung() == 0 && draft.trial(i).intervention().isPresent());
    }

    private static boolean shareIsUsed(Draft draft) {
        boolean early =
                draft.proposals <= new Portfolio(draft.dataset).proposals().size();
        return draft.cured + 1 > (early ? EARLY_SHARE : SHARE) * draft.started;
    }

    private static long cures(Draft draft, Trial parent) {
        return draft.trials.values().stream().filter(t -> isOf(t, parent)).count();
    }

    private static boolean wasTried(Draft draft, Trial parent, Cure cure) {
        return draft.trials.values().stream()
                .anyMatch(t -> isOf(t, parent)
                        && t.intervention().orElseThrow().cause().cure().equals(cure.name()));
    }

    private static boolean isOf(Trial trial, Trial parent) {
        return trial.intervention()
                .filter(i -> i.cause().parent().equals(parent.name()))
                .isPresent();
    }

    /** Whether nobody has trained it; the parent's configuration at another rate or under another seed is no repetition. */
    private static boolean isNew(Set<Configuration> known, Treatment treatment, Trial parent) {
        return treatment.configuration().equals(parent.configuration()) || !known.contains(treatment.configuration());
    }

    private static Set<Configuration> tried(Draft draft) {
        Set<Configuration> known = new HashSet<>();
        draft.trials.values().forEach(t -> known.add(t.configuration()));
        draft.pending.forEach(p -> known.add(p.configuration()));
        return known;
    }

    /** Seconds of the proposal that would come instead; while none waits, of one like the cure. */
    private static double alternative(Draft draft, Option option) {
        return draft.pending.stream()
                .findFirst()
                .map(p -> seconds(draft, p.configuration(), p.dataShare(), draft.parent(p)))
                .orElseGet(
                        () -> seconds(draft, option.treatment().configuration(), Optional.empty(), Optional.empty()));
    }

    private static Optional<LearningRateRange> found(Draft draft, Trial trial) {
        return trial.configuration() instanceof NetworkConfiguration network
                ? draft.rangeOf(network).flatMap(RangeTest::range)
                : Optional.empty();
    }

    /** Seconds of a treatment, on the rows that it will be trained on. */
    static double seconds(Draft draft, Treatment treatment, Trial patient) {
        return seconds(draft, treatment.configuration(), treatment.dataShare(), Optional.of(patient));
    }

    private static double seconds(
            Draft draft, Configuration configuration, Optional<Double> dataShare, Optional<Trial> parent) {
        boolean tested = !(configuration instanceof NetworkConfiguration network)
                || draft.rangeOf(network).isPresent();
        double training = draft.model.seconds(
                draft.costs,
                configuration,
                draft.regime.firstLook().size(),
                RowLimits.of(draft, configuration, dataShare, parent));
        // A range test costs a tenth of the trial that it serves at most.
        return tested ? training : 1.1 * training;
    }
}
