package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;

/**
 * What two numbers are together, as a quantity.
 *
 * @param pair the numbers and what is made of them
 * @param quantity how that is scaled, fitted on training rows
 */
record PairEncoder(NumberPair pair, Quantity quantity) implements FeatureEncoder {
    static PairEncoder fit(NumberPair pair, Table table, int[] rows) {
        return new PairEncoder(pair, Quantity.fit(pair.in(table), rows));
    }

    @Override
    public int width() {
        return quantity.width();
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        quantity.encode(pair.in(table), rows, into, column);
    }
}
