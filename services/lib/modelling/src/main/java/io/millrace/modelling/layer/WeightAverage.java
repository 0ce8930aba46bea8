package io.millrace.modelling.layer;

import java.util.List;

/**
 * Exponential moving average of all weights along a training (Polyak averaging as in arXiv 1803.05407's discussion): it
 * lies nearer to the middle of a minimum than any single step and makes validation curves smooth, so that the best epoch
 * of many is less a matter of luck.
 */
public final class WeightAverage {
    /** Early on the average reaches back over this share of all steps. */
    private static final double EARLY = 0.1;

    private final List<Parameter> parameters;
    private final float[][] averages;
    private final double span;
    private int steps;

    /**
     * An average that starts with the weights as they are.
     *
     * @param span steps after which a weight's share has fallen to 1/e; fewer at the beginning
     */
    public WeightAverage(List<Parameter> parameters, double span) {
        this.parameters = List.copyOf(parameters);
        this.averages = parameters.stream().map(p -> p.values().clone()).toArray(float[][]::new);
        this.span = span;
    }

    /** Takes the weights after a step into account. */
    public void add() {
        steps++;
        float share = (float) (1 / Math.max(1, Math.min(span, 1 + steps * EARLY)));
        for (int p = 0; p < averages.length; p++) {
            approach(averages[p], parameters.get(p).values(), share);
        }
    }

    private static void approach(float[] average, float[] values, float share) {
        for (int i = 0; i < average.length; i++) {
            average[i] += share * (values[i] - average[i]);
        }
    }

    /** The averages as they stand, one array per parameter. */
    public List<float[]> averages() {
        return List.of(averages);
    }

    /** Goes on as one that has taken so many steps into account; their averages are for the caller to restore. */
    public void goOnAfter(int made) {
        steps = made;
    }

    /** Exchanges average and weights; a second call undoes it. */
    public void swap() {
        for (int p = 0; p < averages.length; p++) {
            float[] values = parameters.get(p).values();
            float[] kept = values.clone();
            System.arraycopy(averages[p], 0, values, 0, values.length);
            System.arraycopy(kept, 0, averages[p], 0, values.length);
        }
    }
}
