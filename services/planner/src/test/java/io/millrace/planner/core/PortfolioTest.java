package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.DatasetProfiled;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortfolioTest {
    private static final Duration BUDGET = Duration.ofMinutes(2);

    private static double firstRate(DatasetProfiled dataset) {
        Proposal first = new Portfolio(dataset).proposals().get(0);
        return ((TreesConfiguration) first.configuration()).learningRate();
    }

    @Test
    void boostingHurriesWhereAFoldWouldTakeMuchOfTheBudget() {
        assertThat(firstRate(Given.budget(9_000, BUDGET))).isEqualTo(.08);
        assertThat(firstRate(Given.pixels(BUDGET))).isEqualTo(.3);
    }

    @Test
    void whatTheDataMakeTheSameIsProposedOnce() {
        DatasetProfiled names = Given.withColumns(Given.budget(9_000, BUDGET), 0, 14);

        assertThat(new Portfolio(names).proposals())
                .extracting(Proposal::configuration)
                .doesNotHaveDuplicates();
        assertThat(new Portfolio(names).proposals())
                .hasSizeLessThan(
                        new Portfolio(Given.budget(9_000, BUDGET)).proposals().size());
    }
}
