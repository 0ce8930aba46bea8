package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
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
    void theIntervalOfWhatEverySetShowsIsOnOneSideAndThatOfLuckIsOnBoth() {
        SplittableRandom random = new SplittableRandom(7);
        PairedRanks real = new PairedRanks(blocks(luck -> block("", 0.5 * luck, luck), random));
        PairedRanks luck = new PairedRanks(blocks(own -> block("", own, random.nextDouble()), random));

        assertThat(real.difference(0, 1).high()).isNegative();
        assertThat(real.logRatio(0, 1).mean()).isCloseTo(Math.log(0.5), EXACT);
        assertThat(luck.difference(0, 1).low()).isNegative();
        assertThat(luck.difference(0, 1).high()).isPositive();
    }

    private static List<PairedRanks.Block> blocks(DoubleFunction<PairedRanks.Block> losses, SplittableRandom random) {
        return IntStream.range(0, 19 * 3)
                .mapToObj(i -> new PairedRanks.Block(
                        "s" + i / 3, losses.apply(random.nextDouble()).losses()))
                .toList();
    }

    private static PairedRanks.Block block(String set, double... losses) {
        return new PairedRanks.Block(set, losses);
    }
}
