package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Vectors for codes (Guo and Berkhahn, arXiv 1604.06737); one table for all columns, whose codes differ. */
final class Embedding {
    private final Parameter table;
    private final int width;
    private int[] codes;

    /**
     * A table of normally distributed vectors.
     *
     * @param size codes there are
     * @param width numbers per code
     */
    Embedding(int size, int width, double deviation, SplittableRandom random) {
        this.table = Parameter.zeros(Math.multiplyExact(size, width), 1, false);
        this.width = width;
        for (int i = 0; i < table.values().length; i++) {
            table.values()[i] = (float) (deviation * random.nextGaussian());
        }
    }

    /** Writes the vectors of a row's codes side by side, from column {@code at} of {@code out}. */
    void forward(int[] rowCodes, int columns, float[] out, int outWidth, int at, int rows) {
        codes = rowCodes;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                System.arraycopy(
                        table.values(), codes[r * columns + c] * width, out, r * outWidth + at + c * width, width);
            }
        }
    }

    void backward(float[] gradient, int columns, int gradientWidth, int at, int rows) {
        float[] sums = table.gradient();
        Arrays.fill(sums, 0);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int from = r * gradientWidth + at + c * width;
                int to = codes[r * columns + c] * width;
                for (int i = 0; i < width; i++) {
                    sums[to + i] += gradient[from + i];
                }
            }
        }
    }

    List<Parameter> parameters() {
        return List.of(table);
    }
}
