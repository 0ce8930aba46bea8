package io.millrace.modelling.score;

import io.millrace.dataset.Metric;
import io.millrace.events.Score;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Shuffle;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * 95 % percentile intervals over rows (Efron 1979), from {@value #RESAMPLES} seeded resamples.
 *
 * <p>Up to {@value #MOST_GROUPS} rows are drawn one by one. More are first dealt at random into that many groups of
 * equal size, and groups are drawn: the variance of a mean is the same in expectation (its own estimate is then good
 * to 1/sqrt(2 * {@value #MOST_GROUPS}), about 2 %, which is less than so few resamples tell of a quantile), and the cost no
 * longer grows with the rows. The area under the curve is resampled to first order, see {@link RocSums}.
 */
public final class Bootstrap {
    private static final int RESAMPLES = 200;
    private static final int MOST_GROUPS = 1024;
    private static final int FEWEST_GROUPS = 256;
    /** Sums are kept below 4 MB, so that metrics over many classes stay in the cache: fewer groups for them. */
    private static final int MOST_SUMS = 500_000;

    private Bootstrap() {}

    /** The metric with its interval, which is widened where needed to hold the value; NaN where it is undefined. */
    public static Score interval(Metric metric, double[] target, Matrix predictions, long seed) {
        double value = Scoring.score(metric, target, predictions);
        MetricSums sums = MetricSums.of(metric, target, predictions);
        return interval(value, replicates(target.length, seed, t -> sums.metric(t[0]), sums));
    }

    /**
     * How much better predictions are than a reference on the same rows, in units of the metric; positive is better.
     * Both are scored on the same resamples, so what they have in common cancels.
     */
    public static Score difference(Metric metric, double[] target, Matrix predictions, Matrix reference, long seed) {
        double value = metric.asError(Scoring.score(metric, target, reference))
                - metric.asError(Scoring.score(metric, target, predictions));
        MetricSums ours = MetricSums.of(metric, target, predictions);
        MetricSums theirs = MetricSums.of(metric, target, reference);
        ToDoubleFunction<double[][]> gain =
                t -> metric.asError(theirs.metric(t[1])) - metric.asError(ours.metric(t[0]));
        return interval(value, replicates(target.length, seed, gain, ours, theirs));
    }

    private static double[] replicates(
            int rows, long seed, ToDoubleFunction<double[][]> statistic, MetricSums... parts) {
        SplittableRandom random = new SplittableRandom(seed);
        int groups = Math.min(rows, Math.max(FEWEST_GROUPS, Math.min(MOST_GROUPS, MOST_SUMS / parts[0].width())));
        int[] group = deal(rows, groups, random);
        double[][] sums = new double[parts.length][];
        for (int p = 0; p < parts.length; p++) {
            sums[p] = new double[groups * parts[p].width()];
            parts[p].addTo(sums[p], group);
        }
        double[] replicates = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            double[][] totals = new double[parts.length][parts[0].width()];
            for (int i = 0; i < groups; i++) {
                int drawn = random.nextInt(groups);
                for (int p = 0; p < parts.length; p++) {
                    addGroup(totals[p], sums[p], drawn);
                }
            }
            replicates[b] = statistic.applyAsDouble(totals);
        }
        return replicates;
    }

    private static void addGroup(double[] total, double[] sums, int group) {
        int at = group * total.length;
        for (int i = 0; i < total.length; i++) {
            total[i] += sums[at + i];
        }
    }

    /** A group per row; every row its own while groups suffice, else a random deal into groups of equal size. */
    private static int[] deal(int rows, int groups, SplittableRandom random) {
        int[] group = IntStream.range(0, rows).map(r -> r % groups).toArray();
        Shuffle.inPlace(group, random);
        return group;
    }

    private static Score interval(double value, double[] replicates) {
        double[] defined =
                Arrays.stream(replicates).filter(Double::isFinite).sorted().toArray();
        if (defined.length == 0 || !Double.isFinite(value)) {
            return new Score(value, Double.NaN, Double.NaN);
        }
        return new Score(value, Math.min(value, quantile(defined, 0.025)), Math.max(value, quantile(defined, 0.975)));
    }

    private static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
