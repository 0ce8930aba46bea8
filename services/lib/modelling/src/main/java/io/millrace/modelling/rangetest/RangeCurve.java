package io.millrace.modelling.rangetest;

import java.util.List;

/**
 * Loss against a growing learning rate.
 *
 * @param rates learning rates, ascending
 * @param losses loss of each step's batch
 * @param smoothed losses after {@link Smoothing}
 * @param stoppedBy {@code completed}, {@code diverged}, {@code deadline} or {@code failed}
 */
public record RangeCurve(List<Double> rates, List<Double> losses, List<Double> smoothed, String stoppedBy) {
    public RangeCurve {
        rates = List.copyOf(rates);
        losses = List.copyOf(losses);
        smoothed = List.copyOf(smoothed);
    }
}
