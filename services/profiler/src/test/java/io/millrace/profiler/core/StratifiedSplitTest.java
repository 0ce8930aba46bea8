package io.millrace.profiler.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.DatasetProfile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {
    private static final Split SPLIT = new Split(0.1, 5);

    private static long[] allDifferent(int rows) {
        return LongStream.range(0, rows).toArray();
    }

    private static int count(int[] fold, int[] stratum, int wantedFold, int wantedStratum) {
        return (int) IntStream.range(0, fold.length)
                .filter(i -> fold[i] == wantedFold && stratum[i] == wantedStratum)
                .count();
    }

    @Test
    void everyClassIsInTheHoldoutAndInEveryFoldByItsShare() {
        int[] stratum = IntStream.range(0, 1000).map(i -> i % 10 == 0 ? 1 : 0).toArray();
        int[] fold = StratifiedSplit.deal(SPLIT, stratum, allDifferent(1000), 7);

        assertThat(count(fold, stratum, DatasetProfile.HOLDOUT, 0)).isEqualTo(90);
        assertThat(count(fold, stratum, DatasetProfile.HOLDOUT, 1)).isEqualTo(10);
        for (int f = 0; f < 5; f++) {
            assertThat(count(fold, stratum, f, 0)).isEqualTo(162);
            assertThat(count(fold, stratum, f, 1)).isEqualTo(18);
        }
    }

    @Test
    void theSeedDecidesAndNothingElse() {
        int[] stratum = new int[500];
        int[] first = StratifiedSplit.deal(SPLIT, stratum, allDifferent(500), 1);
        long[] otherHashes = LongStream.range(0, 500).map(i -> i * 7919).toArray();

        assertThat(StratifiedSplit.deal(SPLIT, stratum, otherHashes, 1)).isEqualTo(first);
        assertThat(StratifiedSplit.deal(SPLIT, stratum, allDifferent(500), 2)).isNotEqualTo(first);
    }

    @Test
    void rowsThatAreTheSameGoTheSameWay() {
        long[] sameness = LongStream.range(0, 3000).map(i -> i % 1000).toArray();
        int[] fold = StratifiedSplit.deal(SPLIT, new int[3000], sameness, 3);

        Map<Long, Integer> wayOf = new HashMap<>();
        for (int i = 0; i < fold.length; i++) {
            Integer known = wayOf.putIfAbsent(sameness[i], fold[i]);
            assertThat(known == null || known == fold[i]).isTrue();
        }
        assertThat(Arrays.stream(fold).filter(f -> f == 2).count()).isBetween(537L, 543L);
    }

    @Test
    void aClassOfThreeRowsIsSpreadSoThatTrainingAlwaysSeesIt() {
        int[] stratum = IntStream.range(0, 300).map(i -> i < 3 ? 1 : 0).toArray();
        long[] sameness = allDifferent(300);
        sameness[1] = sameness[0];
        sameness[2] = sameness[0];
        int[] fold = StratifiedSplit.deal(SPLIT, stratum, sameness, 5);

        assertThat(IntStream.range(0, 3).map(i -> fold[i]).distinct().count()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).map(i -> fold[i]).toArray()).doesNotContain(DatasetProfile.HOLDOUT);
    }

    @Test
    void aHoldoutIsNotRoundedAwayWhereEveryStratumIsSmall() {
        int[] bins =
                StratifiedSplit.bins(IntStream.range(0, 40).asDoubleStream().toArray());
        int[] fold = StratifiedSplit.deal(SPLIT, bins, allDifferent(40), 1);

        assertThat(Arrays.stream(fold).filter(f -> f == DatasetProfile.HOLDOUT)).hasSize(4);
        for (int bin = 0; bin < 10; bin++) {
            assertThat(count(fold, bins, DatasetProfile.HOLDOUT, bin)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void noClassGivesUpItsLastRowsToTheHoldout() {
        int[] stratum = IntStream.range(0, 60).map(i -> i / 2).toArray();
        int[] fold = StratifiedSplit.deal(SPLIT, stratum, allDifferent(60), 1);

        assertThat(fold).doesNotContain(DatasetProfile.HOLDOUT);
    }

    @Test
    void withoutAHoldoutNoRowIsHeldOut() {
        int[] fold = StratifiedSplit.deal(new Split(0, 3), new int[100], allDifferent(100), 1);

        assertThat(fold).containsOnly(0, 1, 2);
    }

    @Test
    void equalTargetsShareABinAndBinsAreEquallyFilled() {
        double[] target =
                IntStream.range(0, 100).mapToDouble(i -> i < 50 ? 0 : i).toArray();
        int[] bins = StratifiedSplit.bins(target);

        assertThat(Arrays.stream(bins, 0, 50).distinct().toArray()).containsExactly(0);
        assertThat(Arrays.stream(bins, 50, 100).distinct().toArray()).containsExactly(5, 6, 7, 8, 9);
    }

    @Test
    void byTimeTheNewestRowsAreHeldOutAndFoldsAreBlocks() {
        double[] times = {5, 1, Double.NaN, 4, 2, 3, 9, 8, 7, 6};
        int[] fold = new Split(0.2, 4).byTime(times);

        assertThat(fold).containsExactly(2, 0, 0, 2, 1, 1, -1, -1, 3, 3);
    }

    @Test
    void sizesFollowTheNumberOfRows() {
        assertThat(Split.defaultFor(150)).isEqualTo(new Split(0.05, 8));
        assertThat(Split.defaultFor(5_000)).isEqualTo(new Split(0.05, 8));
        assertThat(Split.defaultFor(5_001)).isEqualTo(new Split(0.05, 5));
        assertThat(Split.defaultFor(50_000)).isEqualTo(new Split(0.02, 5));
        assertThat(Split.defaultFor(494_021)).isEqualTo(new Split(0.01, 10));
        assertThatThrownBy(() -> new Split(0.6, 5)).isInstanceOf(RejectedDatasetException.class);
        assertThatThrownBy(() -> new Split(0.1, 1)).isInstanceOf(RejectedDatasetException.class);
    }
}
