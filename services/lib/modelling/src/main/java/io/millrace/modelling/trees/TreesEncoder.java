package io.millrace.modelling.trees;

import io.millrace.dataset.ColumnProfile;
import io.millrace.modelling.encode.TargetMeans;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns rows of a table into the floats that trees split on. Fitted on training rows only.
 *
 * @param columns one per feature of the table, in order
 */
record TreesEncoder(List<FeatureColumn> columns) {
    TreesEncoder {
        columns = List.copyOf(columns);
    }

    static TreesEncoder fit(Table table, int[] training) {
        List<ColumnProfile> features = table.profile().features();
        List<FeatureColumn> columns = new ArrayList<>();
        for (int f = 0; f < features.size(); f++) {
            ColumnProfile feature = features.get(f);
            columns.add(
                    switch (feature.kind()) {
                        case NUMERIC, BOOLEAN -> NumberColumn.fit(f, feature);
                        case DATETIME -> InstantColumn.fit(f, table, training);
                        case CATEGORICAL -> category(f, table, training);
                        case TEXT -> TextColumn.fit(f, table, training);
                        case IDENTIFIER, CONSTANT ->
                            throw new IllegalArgumentException(feature.name() + " is no feature");
                    });
        }
        return new TreesEncoder(columns);
    }

    /** Native where levels are few; else by target statistics, or by rank where those say nothing. */
    private static FeatureColumn category(int feature, Table table, int[] training) {
        int levels = table.profile().features().get(feature).levels().size();
        CategoryColumn ranked = CategoryColumn.fit(feature, levels, table, training);
        return ranked.unordered()
                ? ranked
                : TargetMeans.fit(table, feature, training)
                        .<FeatureColumn>map(TargetColumn::new)
                        .orElse(ranked);
    }

    /** Columns of an encoded row. */
    int width() {
        return columns.stream().mapToInt(FeatureColumn::width).sum();
    }

    /** XGBoost's type of every column. */
    String[] types() {
        return columns.stream()
                .flatMap(c -> Collections.nCopies(c.width(), c.type()).stream())
                .toArray(String[]::new);
    }

    /** Encoded rows one after the other, NaN where missing. */
    float[] encode(Table table, int[] rows) {
        return encode(table, rows, FeatureColumn::write);
    }

    /** The same for exactly the rows that it was fitted on, none of which is told its own target. */
    float[] encodeTraining(Table table, int[] rows) {
        return encode(table, rows, FeatureColumn::writeTraining);
    }

    private float[] encode(Table table, int[] rows, Filling filling) {
        int width = width();
        float[] values = new float[Math.multiplyExact(rows.length, width)];
        int offset = 0;
        for (FeatureColumn column : columns) {
            filling.fill(column, table, rows, new Cells(values, width, offset));
            offset += column.width();
        }
        return values;
    }

    private interface Filling {
        void fill(FeatureColumn column, Table table, int[] rows, Cells cells);
    }
}
