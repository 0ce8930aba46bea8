package io.millrace.planner.core.space;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Some numbers in their order, for what costs time or needs a range test of its own: the fewer there are, the more are shared.
 *
 * @param rungs the numbers, rising
 * @param reach how many rungs a variant may be away from what it varies
 */
public record Ladder(List<Double> rungs, int reach) implements Values<Double> {
    public Ladder {
        rungs = List.copyOf(rungs);
    }

    static Ladder ladder(double... rungs) {
        return new Ladder(Arrays.stream(rungs).boxed().toList(), rungs.length);
    }

    /** The same, of which a variant stays within some rungs of what it varies. */
    Ladder reaching(int rungsAway) {
        return new Ladder(rungs, rungsAway);
    }

    /** Of a number between two rungs that of the nearer one. */
    @Override
    public double place(Double value) {
        return !contains(value) ? Double.NaN : rungs.size() == 1 ? 0.5 : nearest(value) / (rungs.size() - 1.0);
    }

    @Override
    public Double value(double place) {
        return rungs.get((int) Math.round(place * (rungs.size() - 1)));
    }

    @Override
    public boolean contains(Double value) {
        return value >= rungs.get(0) && value <= rungs.get(rungs.size() - 1);
    }

    @Override
    public Ladder near(Double value) {
        int at = nearest(value);
        return new Ladder(rungs.subList(Math.max(0, at - reach), Math.min(rungs.size(), at + reach + 1)), reach);
    }

    private int nearest(double value) {
        int nearest = 0;
        for (int i = 1; i < rungs.size(); i++) {
            nearest = Math.abs(rungs.get(i) - value) < Math.abs(rungs.get(nearest) - value) ? i : nearest;
        }
        return nearest;
    }

    @Override
    public double[] weights() {
        return new double[0];
    }

    @Override
    public List<Double> all() {
        return rungs;
    }

    @Override
    public String toString() {
        String variant = reach < rungs.size() ? "; " + reach + " steps from what is varied" : "";
        return rungs.stream().map(Stretch::plain).collect(Collectors.joining(", ")) + variant;
    }
}
