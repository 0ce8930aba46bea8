package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PairedRanksTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    @Test
    void equalLossesShareARankAndEverySetCountsOnce() {
        PairedRanks ranks = new PairedRanks(List.of(
                block("a", .1, .2, .3), block("a", .1, .3, .2), block("a", .1, .1, .2), block("b", .3, .2, .1)));

        assertThat(block("a", .1, .1, .2).ranks()).containsExactly(1.5, 1.5, 3);
        assertThat(ranks.mean(0)).isCloseTo(((1 + 1 + 1.5) / 3 + 3) / 2, EXACT);
        assertThat(ranks.mean(0) + ranks.mean(1) + ranks.mean(2)).isCloseTo(6, EXACT);
    }

    @Test
    void theIntervalOfADifferenceThatEverySetShowsIsOnOneSideAndThatOfLuckIsNot() {
        SplittableRandom random = new SplittableRandom(7);
        List<PairedRanks.Block> blocks = new ArrayList<>();
        for (int set = 0; set < 19; set++) {
            for (int seed = 0; seed < 3; seed++) {
                double luck = random.nextDouble();
                blocks.add(block("s" + set, 0.5 * luck, luck, random.nextDouble()));
            }
        }
        PairedRanks ranks = new PairedRanks(blocks);

        assertThat(ranks.difference(0, 1).high()).isNegative();
        assertThat(ranks.logRatio(0, 1).mean()).isCloseTo(Math.log(0.5), EXACT);
        PairedRanks.Difference luck = ranks.difference(1, 2);
        assertThat(luck.low()).isLessThan(luck.mean()).isNegative();
        assertThat(luck.high()).isGreaterThan(luck.mean()).isPositive();
    }

    private static PairedRanks.Block block(String set, double... losses) {
        return new PairedRanks.Block(set, losses);
    }
}
