package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
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

    @Test
    void aClockThatWasSetBackToBeforeTheSearchBeganMovesTheWholeTimeTable() {
        Instant began = Given.START.plusSeconds(2);
        BudgetClock clock = BudgetClock.of(Given.budget(150, Duration.ofMinutes(1)), Duration.ofMinutes(1), began);
        Instant back = began.minus(Duration.ofHours(1));

        BudgetClock moved = clock.at(back);
        assertThat(moved.startedAt()).isEqualTo(back);
        assertThat(moved.left(back)).isEqualTo(clock.left(began));
        assertThat(Duration.between(moved.publishBy(), clock.publishBy())).isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(moved.hardEnd(), clock.hardEnd())).isEqualTo(Duration.ofHours(1));
        assertThat(clock.at(began)).isEqualTo(clock);
        assertThat(clock.at(began.plusSeconds(90))).isEqualTo(clock);
    }
}
