package io.millrace.e2e.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What trainings at a grid of peaks left on validation rows, as the mean over seeds.
 *
 * @param peaks greatest learning rates, ascending
 * @param errors one per peak; lower is better
 */
record PeakErrors(List<Double> peaks, List<Double> errors) {
    /** An error beyond this many times the least is as bad as one without end: a cliff must not hide what is beside it. */
    private static final double RUINED = 2;

    PeakErrors {
        peaks = List.copyOf(peaks);
        double most = RUINED * errors.stream().min(Comparator.naturalOrder()).orElseThrow();
        errors = errors.stream().map(e -> Math.min(e, most)).toList();
    }

    /** The peak with the least error, smoothed over neighbours (1-2-1), whom luck would rank otherwise. */
    double best() {
        int best = IntStream.range(0, peaks.size())
                .boxed()
                .min(Comparator.comparingDouble(this::smoothed))
                .orElseThrow();
        return peaks.get(best);
    }

    /** By how much the error at a peak, interpolated between logarithms of the grid's, is above the least of the grid; a share. */
    double regret(double peak) {
        return at(peak) / errors.stream().min(Comparator.naturalOrder()).orElseThrow() - 1;
    }

    private double at(double peak) {
        int last = peaks.size() - 1;
        if (peak <= peaks.get(0) || peak >= peaks.get(last)) {
            return errors.get(peak <= peaks.get(0) ? 0 : last);
        }
        int found = Arrays.binarySearch(
                peaks.stream().mapToDouble(Double::doubleValue).toArray(), peak);
        int left = found >= 0 ? found : -found - 2;
        double way = Math.log(peak / peaks.get(left)) / Math.log(peaks.get(left + 1) / peaks.get(left));
        return errors.get(left) + way * (errors.get(left + 1) - errors.get(left));
    }

    private double smoothed(int i) {
        double before = errors.get(Math.max(0, i - 1));
        double after = errors.get(Math.min(errors.size() - 1, i + 1));
        return (before + 2 * errors.get(i) + after) / 4;
    }
}
