package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetClockTest {
    @Test
    void theReserveIsAShareOfTheBudgetWithinBounds() {
        assertThat(BudgetClock.reserve(Given.budget(150, Duration.ofSeconds(10)), 10))
                .isCloseTo(1.5, within(0.01));
        assertThat(BudgetClock.reserve(Given.budget(150, Duration.ofSeconds(60)), 60))
                .isCloseTo(2.4, within(0.01));
        assertThat(BudgetClock.reserve(Given.budget(150, Duration.ofHours(1)), 3600))
                .isCloseTo(20, within(0.01));
    }

    @Test
    void manyRowsAndClassesReserveUpToAQuarterOfTheBudget() {
        double reserve = BudgetClock.reserve(
                Given.dataset(450_000, 23, Optional.of(Duration.ofSeconds(30)), Optional.empty()), 30);

        assertThat(reserve).isBetween(6.0, 7.6);
    }
}
