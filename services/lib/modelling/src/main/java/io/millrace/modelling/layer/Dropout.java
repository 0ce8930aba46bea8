package io.millrace.modelling.layer;

import java.util.SplittableRandom;

/**
 * Inverted dropout (Srivastava et al. 2014): a factor per number, 0 with the given chance and 1 / (1 - chance)
 * otherwise. The randomness is a table of uniform numbers, entered at a new random place for every stretch, because a
 * generator in the loop would cost more than the activation itself.
 */
final class Dropout {
    private static final int TABLE = 1 << 16;
    private static final float STEEP = 1e30f;

    private final SplittableRandom random;
    private final float[] uniform = new float[TABLE];
    private final float[] mask;
    private float chance;
    private long draws;

    Dropout(int size, SplittableRandom random) {
        this.random = random;
        this.mask = new float[size];
        for (int i = 0; i < TABLE; i++) {
            uniform[i] = (float) random.nextDouble();
        }
    }

    /** Sets the share of numbers that become 0; none at first. */
    void chance(double share) {
        chance = (float) share;
    }

    /** Draws {@code count} new factors. */
    void draw(int count) {
        for (int from = 0; from < count; ) {
            int start = place();
            int length = Math.min(count - from, TABLE - start);
            draw(from, start, length);
            from += length;
        }
    }

    private int place() {
        draws++;
        return random.nextInt(TABLE);
    }

    /** Random places drawn so far. */
    long draws() {
        return draws;
    }

    /** Draws on until it has drawn so many places, as one that was there before. */
    void skipTo(long places) {
        while (draws < places) {
            place();
        }
    }

    private void draw(int from, int start, int length) {
        float scale = 1 / (1 - chance);
        float dropped = chance;
        for (int i = 0; i < length; i++) {
            mask[from + i] = Math.min(Math.max((uniform[start + i] - dropped) * STEEP, 0), 1) * scale;
        }
    }

    /** Multiplies by the factors drawn last. */
    void mask(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] *= mask[i];
        }
    }
}
