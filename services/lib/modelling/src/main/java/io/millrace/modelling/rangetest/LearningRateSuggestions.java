package io.millrace.modelling.rangetest;

import io.millrace.events.Suggestions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The four rules that read a learning rate off a curve of rates (ascending) and smoothed losses. */
public final class LearningRateSuggestions {
    private static final int LAST_CUT = 5;
    private static final int SLIDE_WINDOW = 15;
    private static final double SLIDE_THRESHOLD = 0.005;

    private LearningRateSuggestions() {}

    /**
     * What each rule suggests. The first tenth, where the average is young, and the last five points, where the loss
     * flies off, are not looked at, nor anything from the first loss on that is no number.
     */
    public static Suggestions of(double[] rates, double[] smoothed) {
        int from = smoothed.length / 10;
        int to = from;
        while (to < smoothed.length - LAST_CUT && Double.isFinite(smoothed[to])) {
            to++;
        }
        int n = to - from;
        if (n < 2) {
            return new Suggestions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        double[] rate = Arrays.copyOfRange(rates, from, to);
        double[] loss = Arrays.copyOfRange(smoothed, from, to);
        return new Suggestions(
                valley(rate, loss), slide(rate, loss), Optional.of(minimum(rate, loss)), steepest(rate, loss));
    }

    /** How far the rules agree: the largest suggestion divided by the smallest, 1 or more; 1 where there is none. */
    public static double agreement(Suggestions suggestions) {
        double[] all = Stream.of(
                        suggestions.valley(), suggestions.slide(), suggestions.minimum(), suggestions.steepest())
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return all.length == 0 ? 1 : all[all.length - 1] / all[0];
    }

    /** fastai's valley: the middle of the middle third of the longest strictly falling subsequence. */
    private static Optional<Double> valley(double[] rates, double[] losses) {
        int n = losses.length;
        int[] length = new int[n];
        int[] start = new int[n];
        int end = 0;
        for (int i = 0; i < n; i++) {
            length[i] = 1;
            start[i] = i;
            for (int j = 0; j < i; j++) {
                if (losses[j] > losses[i] && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    start[i] = start[j];
                }
            }
            end = length[i] > length[end] ? i : end;
        }
        if (length[end] < 2) {
            return Optional.empty();
        }
        int section = (end - start[end]) / 3;
        return Optional.of(rates[start[end] + section + section / 2]);
    }

    /** fastai's slide: from the right, the first rate at which the slopes at both ends of a window agree. */
    private static Optional<Double> slide(double[] rates, double[] losses) {
        int right = losses.length - 1;
        int left = right - SLIDE_WINDOW;
        if (left < 0) {
            return Optional.empty();
        }
        double found = rates[left];
        while (left >= 0 && Math.abs(slope(losses, right) - slope(losses, left)) > SLIDE_THRESHOLD) {
            found = rates[left];
            right--;
            left--;
        }
        return Optional.of(found);
    }

    private static double minimum(double[] rates, double[] losses) {
        return rates[lowest(losses)] / 10;
    }

    /** Where the loss falls fastest against the logarithm of the rate; none where it never falls. */
    private static Optional<Double> steepest(double[] rates, double[] losses) {
        int best = 0;
        double bestSlope = Double.POSITIVE_INFINITY;
        for (int i = 0; i < losses.length; i++) {
            int before = Math.max(0, i - 1);
            int after = Math.min(losses.length - 1, i + 1);
            double slope = (losses[after] - losses[before]) / (Math.log(rates[after]) - Math.log(rates[before]));
            if (slope < bestSlope) {
                best = i;
                bestSlope = slope;
            }
        }
        return bestSlope < 0 ? Optional.of(rates[best]) : Optional.empty();
    }

    /** Slope per step by central differences, one-sided at the ends. */
    private static double slope(double[] losses, int i) {
        int before = Math.max(0, i - 1);
        int after = Math.min(losses.length - 1, i + 1);
        return (losses[after] - losses[before]) / (after - before);
    }

    /** Index of the least loss, the first of equals. */
    private static int lowest(double[] losses) {
        int lowest = 0;
        for (int i = 1; i < losses.length; i++) {
            lowest = losses[i] < losses[lowest] ? i : lowest;
        }
        return lowest;
    }
}
