package io.millrace.modelling.trees;

import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A table whose target no single number tells anything of. */
public final class PairedNumbers {
    private PairedNumbers() {}

    /** The target is the product of two numbers around 0. */
    public static Table multiplied(int rows) {
        double[] one = new Random(1).doubles(rows, -1, 1).toArray();
        double[] other = new Random(2).doubles(rows, -1, 1).toArray();
        return new TableBuilder()
                .numbers("one", one)
                .numbers("other", other)
                .build(
                        Task.REGRESSION,
                        List.of(),
                        5,
                        IntStream.range(0, rows)
                                .mapToDouble(r -> one[r] * other[r])
                                .toArray());
    }
}
