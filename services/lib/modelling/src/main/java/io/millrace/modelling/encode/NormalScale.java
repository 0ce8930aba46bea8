package io.millrace.modelling.encode;

import java.util.List;
import java.util.stream.IntStream;

/**
 * From quantiles to those of the standard normal distribution, between which it is linear; as many quantiles as TabM
 * takes (Gorishniy et al. 2025), one per {@value #ROWS} rows from {@value #LEAST} to {@value #MOST}. A value that is several
 * quantiles at once is in their middle; ends stay half a step from 0 and 1.
 *
 * @param quantiles of the training rows, evenly spaced from minimum to maximum
 */
record NormalScale(List<Double> quantiles) implements NumberScale {
    private static final int ROWS = 30;
    private static final int LEAST = 10;
    private static final int MOST = 1000;

    NormalScale {
        quantiles = List.copyOf(quantiles);
    }

    static NormalScale of(double[] sorted) {
        int number = Math.max(LEAST, Math.min(MOST, sorted.length / ROWS));
        return new NormalScale(IntStream.range(0, number)
                .mapToObj(q -> NumberScale.quantile(sorted, q / (number - 1.0)))
                .toList());
    }

    @Override
    public double apply(double value) {
        double steps = quantiles.size() - 1.0;
        double share = (place(value, true) + place(value, false)) / 2 / steps;
        return Normal.quantile(Math.max(0.5 / steps, Math.min(1 - 0.5 / steps, share)));
    }

    /** Where the value stands among the quantiles, 0 to their number - 1; of equal ones the first or the last. */
    private double place(double value, boolean first) {
        int low = 0;
        int high = quantiles.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (quantiles.get(middle) < value || (!first && quantiles.get(middle) == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || low == quantiles.size()) {
            return low == 0 ? 0 : low - 1.0;
        }
        double below = quantiles.get(low - 1);
        return low - 1 + (value - below) / (quantiles.get(low) - below);
    }
}
