package io.millrace.planner.core;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import java.util.Optional;

/**
 * How many models of other seeds a fold averages. On few rows RealMLP's result depends on the seed more than on anything that a
 * search can change: four models lower its log loss on credit_g from .511 to .487 and on breast_cancer from .077 to .058; plain
 * networks and boosting gain little (services/lib/modelling/README.md).
 */
final class SeedBags {
    private static final int FEW_ROWS = 2_000;
    private static final int MODELS = 4;

    private SeedBags() {}

    /** Empty for one model. */
    static Optional<Bagging> of(DatasetProfiled dataset, Configuration configuration) {
        boolean bagged = dataset.trainingRows() <= FEW_ROWS && NetworkDefaults.isReal(configuration);
        return bagged ? Optional.of(new Bagging(MODELS, false)) : Optional.empty();
    }

    /** Models per fold. */
    static int models(DatasetProfiled dataset, Configuration configuration) {
        return of(dataset, configuration).map(Bagging::models).orElse(1);
    }
}
