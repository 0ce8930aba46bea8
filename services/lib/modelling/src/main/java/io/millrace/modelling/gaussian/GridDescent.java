package io.millrace.modelling.gaussian;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Looks for the least of a function of some numbers, each of which is on a ladder, by going from one to a better one beside it. */
final class GridDescent {
    private final int[] sizes;
    private final ToDoubleFunction<int[]> error;
    private final BooleanSupplier stop;
    private final Map<List<Integer>, Double> known = new HashMap<>();

    /**
     * Of a function.
     *
     * @param sizes rungs of each ladder
     * @param error of a place: the rung on each ladder, from 0
     * @param stop asked before the error of another place is taken
     */
    GridDescent(int[] sizes, ToDoubleFunction<int[]> error, BooleanSupplier stop) {
        this.sizes = sizes;
        this.error = error;
        this.stop = stop;
    }

    /** The best of the places that it comes to from some, none beside which is better; at a stop the best so far. */
    int[] from(int[]... starts) {
        int[] best = descend(starts[0]);
        for (int next = 1; next < starts.length && !stop.getAsBoolean(); next++) {
            int[] end = descend(starts[next]);
            best = error(end) < error(best) ? end : best;
        }
        return best;
    }

    private int[] descend(int[] start) {
        int[] best = start;
        int still = 0;
        // An axis along which nothing is better need not be looked along again before another has moved.
        for (int axis = 0; still < sizes.length; axis = (axis + 1) % sizes.length) {
            int before = best[axis];
            best = along(axis, best);
            still = best[axis] == before ? still + 1 : 1;
        }
        return best;
    }

    private int[] along(int axis, int[] start) {
        int[] best = start;
        for (int direction : new int[] {1, -1}) {
            int[] next = beside(best, axis, direction);
            while (next[axis] >= 0 && next[axis] < sizes[axis] && !stop.getAsBoolean() && error(next) < error(best)) {
                best = next;
                next = beside(best, axis, direction);
            }
        }
        return best;
    }

    private static int[] beside(int[] place, int axis, int direction) {
        int[] beside = place.clone();
        beside[axis] += direction;
        return beside;
    }

    private double error(int[] place) {
        return known.computeIfAbsent(IntStream.of(place).boxed().toList(), k -> error.applyAsDouble(place));
    }
}
