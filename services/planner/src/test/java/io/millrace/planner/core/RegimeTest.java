package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.SearchStrategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegimeTest {
    private static final List<Integer> ONE = List.of(0);
    private static final List<Integer> ALL = List.of(0, 1, 2, 3, 4);

    @Test
    void aFewRowsAreTrainedOnAllFoldsAndVeryManyOnOne() {
        assertThat(Regime.of(5_000, 5)).isEqualTo(new Regime(ALL, List.of(), false));
        assertThat(Regime.of(5_001, 5)).isEqualTo(new Regime(ONE, List.of(1, 2, 3, 4), false));
        assertThat(Regime.of(50_001, 10)).isEqualTo(new Regime(ONE, List.of(), true));
    }

    @Test
    void aBudgetThatPaysForAHandfulOfTrialsOnAllFoldsGetsThemAtOnce() {
        assertThat(firstLook(20_000, 60, SearchStrategy.DIAGNOSIS)).isEqualTo(ONE);
        assertThat(firstLook(20_000, 110, SearchStrategy.DIAGNOSIS)).isEqualTo(ALL);
        assertThat(firstLook(20_000, 300, SearchStrategy.DIAGNOSIS)).isEqualTo(ONE);
        assertThat(firstLook(200_000, 3_600, SearchStrategy.DIAGNOSIS)).isEqualTo(ONE);
    }

    @Test
    void theOpponentsDoNotAskWhatABudgetPaysFor() {
        for (int seconds : List.of(30, 3_600)) {
            assertThat(firstLook(20_000, seconds, SearchStrategy.HALVING)).isEqualTo(ONE);
            assertThat(firstLook(20_000, seconds, SearchStrategy.RANDOM)).isEqualTo(ALL);
        }
    }

    @Test
    void aRunThatCountsTrialsGoesByRowsAlone() {
        assertThat(Regime.of(Given.trials(20_000, 60), SearchStrategy.DIAGNOSIS).firstLook())
                .isEqualTo(ONE);
    }

    private static List<Integer> firstLook(long rows, int seconds, SearchStrategy strategy) {
        return Regime.of(Given.budget(rows, Duration.ofSeconds(seconds)), strategy)
                .firstLook();
    }
}
