package io.millrace.modelling.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Table;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bounds from published results, well below which an error in encoding or training would push the scores. */
class RealAccuracyTest {
    private static final TreesConfiguration BOOSTING =
            new TreesConfiguration("boosting", 1000, 0.2, 6, 0, 1, 0.8, 0.8, 1, 0, 256, 30);

    @Test
    void adultIsPredictedAsWellAsPublished() {
        assertThat(score(RealTable.find("adult.csv", ',', "income", Task.BINARY), BOOSTING))
                .isLessThan(0.285);
    }

    @Test
    void bankMarketingIsPredictedAsWellAsPublished() {
        assertThat(score(RealTable.find("bank_marketing.csv", ';', "y", Task.BINARY), BOOSTING))
                .isLessThan(0.20);
    }

    @Test
    void californiaIsPredictedAsWellAsPublished() {
        assertThat(score(
                        RealTable.find("california_housing.csv", ',', "median_house_value", Task.REGRESSION), BOOSTING))
                .isLessThan(49_500);
    }

    @Test
    void manyRareCategoriesDoNotOverfit() {
        // Taking every ticket and cabin as an unordered category gives .556.
        assertThat(score(RealTable.find("titanic.csv", ',', "Survived", Task.BINARY, "PassengerId", "Name"), BOOSTING))
                .isLessThan(0.46);
    }

    @Test
    void aForestGivesUsableProbabilities() {
        TreesConfiguration forest = new TreesConfiguration("forest", 100, 1, 14, 0, 3, 0.63, 0.5, 0, 0, 256, 10);
        assertThat(score(RealTable.find("credit_g.csv", ',', "class", Task.BINARY), forest))
                .isLessThan(0.53);
    }

    private static double score(Optional<Table> found, TreesConfiguration trees) {
        assumeTrue(found.isPresent(), "the real data set is not here");
        Table table = found.get();
        Metric metric = table.profile().task().defaultMetric();
        return IntStream.of(0, 1)
                .mapToDouble(fold -> score(table, fold, trees, metric))
                .average()
                .orElseThrow();
    }

    private static double score(Table table, int fold, TreesConfiguration trees, Metric metric) {
        TrainingJob job = TreesLearnerTest.job(table, trees, metric).on(table.trainingRows(fold), table.rowsOf(fold));
        try (var model = new TreesLearner().fit(job, () -> false).model()) {
            return Scoring.score(metric, Targets.of(table, job.validation()), model.predict(table, job.validation()));
        }
    }
}
