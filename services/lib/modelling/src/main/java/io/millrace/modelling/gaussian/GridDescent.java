package io.millrace.modelling.gaussian;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Looks for the least of a function of some numbers, each of which is on a ladder, by going from one to a better one beside it. */
final class GridDescent {
    private final int[] sizes;
    private final ToDoubleFunction<int[]> error;
    private final BooleanSupplier stop;
    private final Map<List<Integer>, Double> known = new LinkedHashMap<>();

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

    /**
     * The errors of all places that were looked at on the way from some to the best, and of those around it: beside every one that is worse
     * by no more than a margin.
     *
     * @return error by place
     */
    Map<List<Integer>, Double> around(double margin, int[]... starts) {
        Deque<int[]> open = new ArrayDeque<>(List.of(from(starts)));
        double least = error(open.getFirst());
        Set<List<Integer>> seen = new HashSet<>();
        while (!open.isEmpty()) {
            int[] place = open.removeFirst();
            for (int axis = 0; axis < sizes.length && error(place) <= least + margin; axis++) {
                for (int direction : new int[] {1, -1}) {
                    int[] next = beside(place, axis, direction);
                    if (isOn(next, axis) && !stop.getAsBoolean() && seen.add(key(next))) {
                        least = Math.min(least, error(next));
                        open.add(next);
                    }
                }
            }
        }
        return Collections.unmodifiableMap(known);
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
            while (isOn(next, axis) && !stop.getAsBoolean() && error(next) < error(best)) {
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

    private boolean isOn(int[] place, int axis) {
        return place[axis] >= 0 && place[axis] < sizes[axis];
    }

    private double error(int[] place) {
        return known.computeIfAbsent(key(place), k -> error.applyAsDouble(place));
    }

    private static List<Integer> key(int[] place) {
        return IntStream.of(place).boxed().toList();
    }
}
