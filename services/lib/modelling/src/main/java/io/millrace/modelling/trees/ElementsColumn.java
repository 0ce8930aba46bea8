package io.millrace.modelling.trees;

import io.millrace.modelling.encode.ElementsEncoder;
import io.millrace.modelling.table.Table;

/**
 * What is in the levels of a category that are lists, beside the category itself: one split then tells all lists with an element
 * from all without, where a forest's few columns per split seldom find the right set of levels.
 *
 * @param elements the elements
 */
record ElementsColumn(ElementsEncoder elements) implements FeatureColumn {
    @Override
    public int width() {
        return elements.width();
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        elements.encode(table, rows, cells.matrix(), cells.offset());
    }
}
