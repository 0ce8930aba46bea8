package io.millrace.modelling.trees;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.millrace.modelling.encode.NumberPair;
import io.millrace.modelling.table.Table;
import java.util.function.IntToDoubleFunction;

/**
 * One column of two numbers.
 *
 * @param pair what it holds
 */
record PairColumn(@JsonUnwrapped NumberPair pair) implements FeatureColumn {
    @Override
    public int width() {
        return 1;
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        IntToDoubleFunction values = pair.in(table);
        for (int r = 0; r < rows.length; r++) {
            cells.set(r, 0, (float) values.applyAsDouble(rows[r]));
        }
    }
}
