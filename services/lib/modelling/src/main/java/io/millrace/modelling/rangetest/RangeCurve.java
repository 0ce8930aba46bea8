package io.millrace.modelling.rangetest;

import io.millrace.events.RateCurve;
import io.millrace.events.RateCurve.RatePoint;
import io.millrace.modelling.learn.Thinning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Loss against a growing learning rate.
 *
 * @param rates learning rates, ascending
 * @param losses loss of each step's batch, the mean over the seeds
 * @param smoothed losses after {@link Smoothing}
 * @param stoppedBy {@code completed}, {@code diverged}, {@code deadline} or {@code failed}
 */
public record RangeCurve(List<Double> rates, List<Double> losses, List<Double> smoothed, String stoppedBy) {
    /** Standard error of the smoothed loss by that of one loss: variance (1 - beta) / (1 + beta) of the average. */
    private static final double SMOOTHED_ERROR = Math.sqrt((1 - Smoothing.BETA) / (1 + Smoothing.BETA));

    public RangeCurve {
        rates = List.copyOf(rates);
        losses = List.copyOf(losses);
        smoothed = List.copyOf(smoothed);
    }

    /**
     * How clearly the loss falls, 0 to 1: f / (f + 2 s) for a fall f of the smoothed loss, from where its average has
     * settled to its minimum, and its standard error s; 0 where it does not fall.
     */
    public double confidence() {
        int from = smoothed.size() / 10;
        int lowest = lowest(from);
        if (lowest == from) {
            return 0;
        }
        double squares = 0;
        for (int i = from; i <= lowest; i++) {
            double residual = losses.get(i) - smoothed.get(i);
            squares += residual * residual;
        }
        double error = SMOOTHED_ERROR * Math.sqrt(squares / (lowest - from + 1));
        double fall = smoothed.get(from) - smoothed.get(lowest);
        return fall / (fall + 2 * error);
    }

    /** The smoothed curve for drawing; empty where it has not two points with finite losses, which no line goes through. */
    public Optional<RateCurve> thinned() {
        List<RatePoint> drawn = Arrays.stream(Thinning.kept(rates.size(), RateCurve.MOST_POINTS, lowest(0)))
                .filter(i -> Double.isFinite(smoothed.get(i)))
                .mapToObj(i -> new RatePoint(rates.get(i), smoothed.get(i)))
                .toList();
        return drawn.size() < 2 ? Optional.empty() : Optional.of(new RateCurve(drawn));
    }

    /** Index of the least smoothed loss from a point on. */
    private int lowest(int from) {
        int lowest = from;
        for (int i = from; i < smoothed.size(); i++) {
            lowest = smoothed.get(i) < smoothed.get(lowest) ? i : lowest;
        }
        return lowest;
    }

    /** The mean of curves over the same rates, as far as the shortest goes; it ended as the first did. */
    static RangeCurve mean(List<RangeCurve> curves) {
        int steps = curves.stream().mapToInt(c -> c.rates.size()).min().orElse(0);
        Smoothing smoothing = new Smoothing();
        List<Double> losses = new ArrayList<>();
        List<Double> smoothed = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            int step = i;
            double loss = curves.stream()
                    .mapToDouble(c -> c.losses.get(step))
                    .average()
                    .orElseThrow();
            losses.add(loss);
            smoothed.add(smoothing.add(loss));
        }
        RangeCurve first = curves.get(0);
        return new RangeCurve(first.rates.subList(0, steps), losses, smoothed, first.stoppedBy);
    }
}
