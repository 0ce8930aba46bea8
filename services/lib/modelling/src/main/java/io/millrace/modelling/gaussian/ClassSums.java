package io.millrace.modelling.gaussian;

import io.millrace.modelling.linear.ColumnProducts;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.stream.Stream;

/**
 * What densities of classes are made of.
 *
 * @param byClass sums over the rows of each class
 */
record ClassSums(List<ColumnProducts> byClass) {
    /** Of no rows. */
    static ClassSums none(int classes, int columns) {
        return new ClassSums(Stream.generate(() -> new ColumnProducts(columns))
                .limit(classes)
                .toList());
    }

    void add(Matrix rows, int row, int ofClass) {
        byClass.get(ofClass).add(rows, row);
    }

    long rows() {
        return byClass.stream().mapToLong(ColumnProducts::rows).sum();
    }
}
