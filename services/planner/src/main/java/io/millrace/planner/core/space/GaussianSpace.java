package io.millrace.planner.core.space;

import static io.millrace.planner.core.space.Choices.choices;
import static io.millrace.planner.core.space.Ladder.ladder;

import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NumberForm;
import java.util.List;

/** Gaussian models, which choose their regularisation themselves. */
final class GaussianSpace {
    /** Columns that a category may become, about. */
    private static final int MOST_LEVELS = 10;

    static final Space<GaussianConfiguration> SPACE = new Space<>(
            GaussianConfiguration.GAUSSIAN,
            1, // of the shares of all families
            List.of(
                    // quantity, values (choices with how often each is drawn), chance that a variant moves it, source
                    Quantity.<GaussianConfiguration, NumberForm>quantity(
                                    "numbers",
                                    "how numbers enter",
                                    GaussianConfiguration::numbers,
                                    GaussianConfiguration::withNumbers)
                            .in(
                                    choices(NumberForm.CLIPPED, 1)
                                            .or(NumberForm.PLAIN, 1)
                                            .or(NumberForm.BOTH, 1),
                                    1,
                                    "which is best is a matter of the data set (modelling README)"),
                    Quantity.<GaussianConfiguration, Double>quantity(
                                    "columns",
                                    "columns that rows are encoded as at most",
                                    g -> (double) g.columns(),
                                    (g, columns) -> g.withColumns(columns.intValue()))
                            .on(
                                    "where there may be so many",
                                    d -> d.numericFeatures() + MOST_LEVELS * d.categoricalFeatures() > 50)
                            .in(ladder(50, 100, 150, 200, 400), 0.3, "their cube counts where there are classes"),
                    Quantity.<GaussianConfiguration, Double>quantity(
                                    "references",
                                    "training rows that are remembered, or that regularisation is chosen by, at most",
                                    g -> (double) g.references(),
                                    (g, references) -> g.withReferences(references.intValue()))
                            .on("on more than 500 rows", d -> d.trainingRows() > 500)
                            .in(ladder(500, 1000, 2000), 0.3, "their cube counts where there are none")));

    private GaussianSpace() {}
}
