package io.millrace.planner.core;

import io.millrace.events.CureRecord;
import io.millrace.events.InterventionAssessed;
import java.util.Optional;

/** Holds a cure's effect against what was expected of it, as soon as its trial has ended, and remembers. */
final class AssessCure {
    private AssessCure() {}

    /**
     * Assesses the first look of a trial that was made to cure another.
     *
     * @param outcome what it reached; empty where it failed
     */
    static void assess(Draft draft, Trial trial, Optional<Outcome> outcome) {
        trial.intervention().ifPresent(intervention -> {
            Optional<Double> gain = outcome.map(o ->
                    intervention.gain(draft.dataset.metric().shortfall(o.score().value())));
            String cure = intervention.cause().cure();
            draft.cureRecords.merge(cure, CureRecord.NONE.plus(gain.orElse(0.0)), AssessCure::sum);
            draft.emit(
                    trial.name(),
                    new InterventionAssessed(
                            trial.name(),
                            intervention.cause(),
                            DataKind.of(draft.dataset),
                            gain,
                            gain.filter(g -> g > 0).isPresent(),
                            outcome.map(Outcome::verdict),
                            outcome.map(Outcome::cpuSeconds)));
        });
    }

    private static CureRecord sum(CureRecord a, CureRecord b) {
        return new CureRecord(a.tried() + b.tried(), a.helped() + b.helped(), a.gain() + b.gain());
    }
}
