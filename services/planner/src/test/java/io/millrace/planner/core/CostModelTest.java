package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.TreesConfiguration;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final TreesConfiguration SHALLOW = forest(6, 128);
    private static final TreesConfiguration DEEP = forest(14, 128);

    /** Measured with XGBoost 2.1 on 11,000 rows of 8 numbers, 100 trees: .51 s at 10 levels, 1.49 s at 14, .75 s at 14 with 32 bins. */
    @Test
    void onFewRowsTheNodesOfDeepTreesCostMoreThanTheRowsInThem() {
        CostModel model = new CostModel(Given.withColumns(Given.budget(13_750, Duration.ofMinutes(1)), 8, 0));
        double deep = units(model, DEEP);
        assertThat(deep / units(model, forest(10, 128))).isCloseTo(1.49 / 0.51, within(0.5));
        assertThat(deep / units(model, forest(14, 32))).isCloseTo(1.49 / 0.75, within(0.5));
    }

    @Test
    void onManyRowsTheyDoNotCount() {
        CostModel model = new CostModel(Given.withColumns(Given.budget(50_000_000, Duration.ofMinutes(1)), 8, 0));
        assertThat(units(model, DEEP) / units(model, SHALLOW)).isCloseTo(14 / 6.0, within(0.1));
    }

    private static double units(CostModel model, TreesConfiguration trees) {
        return model.units(trees, 1, Optional.empty());
    }

    private static TreesConfiguration forest(int depth, int bins) {
        return new TreesConfiguration(TreesConfiguration.FOREST, 100, 1, depth, 0, 2, .63, .5, .1, 0, bins, 1);
    }
}
