package io.millrace.planner.core;

import io.millrace.events.DataCurve;
import io.millrace.events.DataCurve.DataPoint;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trains the best boosted trees again on a quarter and on half of the rows, so that the run knows what more rows would bring.
 * Boosting, because it is cheap, needs no learning rate, and its loss falls with the rows as that of other families does.
 */
final class DataProbe {
    static final double QUARTER = 0.25;
    static final double HALF = 0.5;
    /** First looks before it is asked: as many as before the first cure. */
    private static final int SEEN = 6;
    /** A run that counts trials gives at most a tenth of them to it, */
    private static final int LEAST_TRIALS = 20;
    /** and one with a budget at most a twentieth of the time that is left. */
    private static final double MOST_TIME = 0.05;

    private DataProbe() {}

    /** Has the two trained next, once in a run and where they are cheap. */
    static void request(Draft draft) {
        if (!draft.policy.cures() || draft.firstLooks < SEEN || draft.probed) {
            return;
        }
        whole(draft).filter(trial -> isCheap(draft, trial)).ifPresent(trial -> {
            draft.probed = true;
            draft.pending.add(0, probe(trial, HALF, "half"));
            draft.pending.add(0, probe(trial, QUARTER, "a quarter"));
        });
    }

    /** What the run knows of learning from fewer rows; empty until both probes have ended. */
    static Optional<DataCurve> curve(Draft draft) {
        Optional<Trial> half = probed(draft, HALF);
        Optional<Trial> quarter = probed(draft, QUARTER);
        Optional<Trial> whole = half.flatMap(h -> draft.trials.values().stream()
                .filter(t -> isWhole(t) && t.configuration().equals(h.configuration()))
                .findFirst());
        if (quarter.isEmpty() || half.isEmpty() || whole.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DataCurve(Stream.of(quarter, half, whole)
                .flatMap(Optional::stream)
                .map(t -> new DataPoint(
                        (int) Math.round(draft.model.foldRows(t.rowLimit())),
                        t.firstLook().orElseThrow().score().value()))
                .toList()));
    }

    private static Optional<Trial> probed(Draft draft, double share) {
        return draft.trials.values().stream()
                .filter(t -> t.firstLook().isPresent() && t.dataShare().equals(Optional.of(share)))
                .findFirst();
    }

    /** The best boosted trees that were trained on all rows. */
    private static Optional<Trial> whole(Draft draft) {
        return draft.trials.values().stream()
                .filter(DataProbe::isWhole)
                .min(Comparator.comparingDouble(t -> t.firstLook().orElseThrow().error()));
    }

    private static boolean isWhole(Trial trial) {
        return trial.configuration().family().equals("boosting")
                && trial.rowLimit().isEmpty()
                && trial.firstLook().filter(o -> o.complete() && !o.stopped()).isPresent();
    }

    private static boolean isCheap(Draft draft, Trial trial) {
        if (draft.clock.isEmpty()) {
            return draft.dataset.settings().trials().orElseThrow() >= LEAST_TRIALS;
        }
        double seconds = (QUARTER + HALF) * draft.costs.again(trial.firstLook().orElseThrow());
        return seconds <= MOST_TIME * draft.clock.get().left(draft.now);
    }

    private static Proposal probe(Trial trial, double share, String words) {
        return new Proposal(
                trial.configuration(),
                String.format(
                        Locale.ROOT,
                        "Trains %s again on %s of the rows, to know what more rows would bring.",
                        trial.name(),
                        words),
                Optional.empty(),
                Optional.of(share),
                Optional.empty());
    }
}
