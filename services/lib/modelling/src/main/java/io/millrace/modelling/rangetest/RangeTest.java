package io.millrace.modelling.rangetest;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.Suggestions;
import io.millrace.modelling.network.LearningRateSweep;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The learning-rate range test of one network on one data set. */
public final class RangeTest {
    private static final int STEPS = 100;
    /** Rows beyond this would not be reached: 100 steps of a batch of 200 on average. */
    private static final int MOST_ROWS = 20_000;

    private RangeTest() {}

    /**
     * What the test found.
     *
     * @param agreement largest suggestion divided by the smallest
     */
    public record Result(RangeCurve curve, Suggestions suggestions, LearningRateRange chosen, double agreement) {}

    /**
     * Runs the test on the calling thread; the trained weights are thrown away.
     *
     * @param rows rows that may train; a seeded part of them is used where there are many
     * @param stop asked after every step; when true the curve so far is judged
     */
    public static Result run(Table table, int[] rows, NetworkConfiguration network, long seed, BooleanSupplier stop) {
        SweepWatch watch = new SweepWatch(stop);
        List<LearningRateSweep.Step> steps =
                sweep(network).run(table, RowSample.of(rows, MOST_ROWS, seed), network, seed, watch);
        List<Double> rates = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<Double> smoothed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (Double.isFinite(steps.get(i).loss())) {
                rates.add(steps.get(i).rate());
                losses.add(steps.get(i).loss());
                smoothed.add(watch.smoothed().get(i));
            }
        }
        RangeCurve curve = new RangeCurve(rates, losses, smoothed, watch.stoppedBy());
        Suggestions suggestions = LearningRateSuggestions.of(array(rates), array(smoothed));
        return new Result(
                curve,
                suggestions,
                RateChoice.of(suggestions, network),
                LearningRateSuggestions.agreement(suggestions));
    }

    private static LearningRateSweep sweep(NetworkConfiguration network) {
        return switch (network.optimizer()) {
            case NESTEROV, SGD -> new LearningRateSweep(1e-5, 10, STEPS);
            case ADAM, ADAMW, NADAM, AMSGRAD, ADAGRAD, RMSPROP -> new LearningRateSweep(1e-6, 1, STEPS);
        };
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
