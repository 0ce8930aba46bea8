package io.millrace.modelling.learn;

import java.util.stream.IntStream;

/** A curve with fewer points, for storing and for drawing. */
public final class Thinning {
    private Thinning() {}

    /**
     * Indices of the points that stay, ascending: all where they are few enough, otherwise every n-th from the first, the
     * last, and the one that must not be lost.
     *
     * @param size number of points
     * @param most how many may stay, 3 or more
     * @param needed index of a point that stays
     */
    public static int[] kept(int size, int most, int needed) {
        int stride = size <= most ? 1 : 1 + (size - 1) / (most - 2);
        return IntStream.range(0, size)
                .filter(p -> p % stride == 0 || p == needed || p == size - 1)
                .toArray();
    }
}
