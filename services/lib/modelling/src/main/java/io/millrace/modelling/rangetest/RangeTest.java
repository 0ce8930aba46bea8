package io.millrace.modelling.rangetest;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.events.Suggestions;
import io.millrace.modelling.network.LearningRateSweep;
import io.millrace.modelling.network.LearningRateSweep.Spacing;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The learning-rate range test of one network on one data set. */
public final class RangeTest {
    private static final int STEPS = 100;
    /** Rows beyond this would not be reached: 100 steps of a batch of 200 on average. */
    private static final int MOST_ROWS = 20_000;
    /** Below this the curve's minimum may lie anywhere, so that it is drawn again under other seeds and averaged. */
    private static final double CLEAR = 0.5;

    private static final int MOST_SEEDS = 3;

    private RangeTest() {}

    /**
     * What the test found.
     *
     * @param seeds curves that {@code curve} is the mean of
     * @param agreement largest suggestion divided by the smallest
     * @param confidence how clearly the loss falls, 0 to 1
     */
    public record Result(
            RangeCurve curve,
            int seeds,
            Suggestions suggestions,
            LearningRateRange chosen,
            double agreement,
            double confidence) {}

    /**
     * Runs the test over the optimizer's usual rates on the calling thread; the trained weights are thrown away.
     *
     * @param rows rows that may train; a seeded part of them is used where there are many
     * @param stop asked after every step; when true the curve so far is judged
     */
    public static Result run(Table table, int[] rows, NetworkConfiguration network, long seed, BooleanSupplier stop) {
        return run(table, rows, network, sweep(network.optimizer(), Spacing.EXPONENTIAL), seed, stop);
    }

    /** Runs the test over the rates of a sweep. */
    public static Result run(
            Table table,
            int[] rows,
            NetworkConfiguration network,
            LearningRateSweep sweep,
            long seed,
            BooleanSupplier stop) {
        int[] sample = RowSample.of(rows, MOST_ROWS, seed);
        List<RangeCurve> curves = new ArrayList<>();
        RangeCurve curve;
        do {
            curves.add(curve(sweep, table, sample, network, seed + curves.size(), stop));
            curve = RangeCurve.mean(curves);
        } while (curve.confidence() < CLEAR && curves.size() < MOST_SEEDS && !stop.getAsBoolean());
        Suggestions suggestions = LearningRateSuggestions.of(array(curve.rates()), array(curve.smoothed()));
        return new Result(
                curve,
                curves.size(),
                suggestions,
                RateChoice.of(suggestions, network),
                LearningRateSuggestions.agreement(suggestions),
                curve.confidence());
    }

    /** The rates that an optimizer is tested over. */
    public static LearningRateSweep sweep(Optimizer optimizer, Spacing spacing) {
        return switch (optimizer) {
            case NESTEROV, SGD -> new LearningRateSweep(spacing, 1e-5, 10, STEPS);
            case ADAM, ADAMW, NADAM, AMSGRAD, ADAGRAD, RMSPROP -> new LearningRateSweep(spacing, 1e-6, 1, STEPS);
        };
    }

    private static RangeCurve curve(
            LearningRateSweep sweep,
            Table table,
            int[] sample,
            NetworkConfiguration network,
            long seed,
            BooleanSupplier stop) {
        SweepWatch watch = new SweepWatch(stop);
        List<LearningRateSweep.Step> finite = sweep.run(table, sample, network, seed, watch).stream()
                .filter(step -> Double.isFinite(step.loss()))
                .toList();
        return new RangeCurve(
                finite.stream().map(LearningRateSweep.Step::rate).toList(),
                finite.stream().map(LearningRateSweep.Step::loss).toList(),
                watch.smoothed().subList(0, finite.size()),
                watch.stoppedBy());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
