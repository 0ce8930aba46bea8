package io.millrace.planner.core;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import io.millrace.planner.core.space.Bag;
import java.util.Optional;

/**
 * How many models a fold averages: as the configuration has it, or by the rule for those that say nothing. On few rows RealMLP's
 * result depends on the seed more than on anything that a search can change: four models lower its log loss on credit_g from .511 to
 * .487 and on breast_cancer from .077 to .058; plain networks and boosting gain less (services/lib/modelling/README.md), so that for
 * them it is a choice, and a cure of results that depend on chance.
 */
final class SeedBags {
    private SeedBags() {}

    /** Empty for one model. */
    static Optional<Bagging> of(DatasetProfiled dataset, Configuration configuration) {
        return configuration.bagging().or(() -> usual(dataset, configuration));
    }

    private static Optional<Bagging> usual(DatasetProfiled dataset, Configuration configuration) {
        boolean bagged = dataset.trainingRows() <= Bag.MOST_ROWS && NetworkDefaults.isReal(configuration);
        return bagged ? Bag.SEEDS.bagging() : Optional.empty();
    }

    /** Models per fold. */
    static int models(DatasetProfiled dataset, Configuration configuration) {
        return of(dataset, configuration).map(Bagging::models).orElse(1);
    }

    /** The same, trained where the patient was, as the average of several seeds; empty where it is one already. */
    static Optional<Treatment> averaged(Patient patient) {
        Optional<Configuration> bag = patient.network()
                .<Configuration>map(n -> n.but().bagging(Bag.SEEDS.bagging()).build())
                .or(() -> patient.boosting()
                        .map(t -> t.but().bagging(Bag.SEEDS.bagging()).build()));
        return bag.filter(b -> models(patient.dataset(), patient.trial().configuration()) == 1)
                .map(b -> Treatment.at(b, patient.trial().learningRate()));
    }
}
