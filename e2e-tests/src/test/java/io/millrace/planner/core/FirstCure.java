package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.events.CureRecord;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Diagnosis;
import io.millrace.events.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The cure that promises most per second for a trial that stands alone, without experience. In the planner's package because the
 * cures are the core's own.
 *
 * @param name of the cure
 * @param configuration what to train instead
 * @param learningRate where to train it; absent for the rate that its range test finds
 * @param allRows whether to train on all rows
 */
public record FirstCure(
        String name, Configuration configuration, Optional<LearningRateRange> learningRate, boolean allRows) {

    /** The cure of a trial; empty where the list has none for it. */
    public static Optional<FirstCure> of(
            DatasetProfiled dataset,
            Configuration configuration,
            LearningRateRange trained,
            LearningRateRange found,
            Optional<Integer> rowLimit,
            Diagnosis diagnosis) {
        Outcome look = new Outcome(
                0,
                List.of(0),
                true,
                0,
                new Score(0, 0, 0),
                diagnosis.verdict(),
                diagnosis.confidence(),
                diagnosis.evidence(),
                1,
                1,
                Optional.empty(),
                Optional.empty());
        Trial trial = new Trial(
                1,
                configuration,
                Optional.of(trained),
                Optional.empty(),
                rowLimit,
                0,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                List.of(look));
        Patient patient = new Patient(trial, look, dataset, Optional.of(found));
        return Cures.ALL.stream()
                .flatMap(cure -> cure.treat(patient).map(t -> new Promise(cure, t)).stream())
                .max(Comparator.comparingDouble(p -> p.perSecond(new CostModel(dataset))))
                .map(Promise::kept);
    }

    private record Promise(Cure cure, Treatment treatment) {
        double perSecond(CostModel costs) {
            return cure.chance(CureRecord.NONE)
                    * cure.gainWhereItHelps(CureRecord.NONE)
                    / costs.seconds(Costs.NONE, treatment.configuration(), 1, Optional.empty());
        }

        FirstCure kept() {
            return new FirstCure(
                    cure.name(),
                    treatment.configuration(),
                    treatment.learningRate(),
                    treatment.dataShare().isPresent());
        }
    }
}
