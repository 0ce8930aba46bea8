package io.millrace.planner.core.space;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hidden layers of a network by what may be chosen of them.
 *
 * @param first units of the first layer
 * @param others number of the layers after it
 * @param ratio units of a layer after it by those of the first
 */
record Shape(int first, int others, double ratio) {
    private static final double HALF = 0.5;

    /** The nearest to some layers, of which there is at least one. */
    static Shape of(List<Integer> hidden) {
        int first = hidden.get(0);
        return new Shape(
                first, hidden.size() - 1, hidden.size() == 1 ? 1 : (double) hidden.get(hidden.size() - 1) / first);
    }

    Shape ofWidth(double units) {
        return new Shape((int) units, others, ratio);
    }

    Shape ofDepth(double layers) {
        return new Shape(first, (int) layers - 1, ratio);
    }

    Shape ofRatio(double value) {
        return new Shape(first, others, value);
    }

    /** Whether the layers after the first are narrower. */
    boolean tapered() {
        return ratio < (1 + HALF) / 2;
    }

    List<Integer> hidden() {
        return Stream.concat(
                        Stream.of(first),
                        Collections.nCopies(others, (int) Math.max(1, Math.round(ratio * first))).stream())
                .toList();
    }
}
