package io.millrace.modelling.trees;

import io.millrace.modelling.encode.TargetMeans;
import io.millrace.modelling.table.Table;

/**
 * A category of too many levels to be native, by the target statistics of its level; 0 where nothing is known.
 *
 * @param means the statistics
 */
record TargetColumn(TargetMeans means) implements FeatureColumn {
    @Override
    public int width() {
        return means.width();
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        means.encode(table, rows, cells.matrix(), cells.offset());
    }

    @Override
    public void writeTraining(Table table, int[] rows, Cells cells) {
        means.encodeTraining(table, rows, cells.matrix(), cells.offset());
    }
}
