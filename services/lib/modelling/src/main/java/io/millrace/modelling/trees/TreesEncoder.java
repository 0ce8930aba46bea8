package io.millrace.modelling.trees;

import io.millrace.dataset.ColumnProfile;
import io.millrace.modelling.encode.LevelCounts;
import io.millrace.modelling.encode.NumberPair;
import io.millrace.modelling.encode.TargetMeans;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns rows of a table into the floats that trees split on. Fitted on training rows only.
 *
 * @param columns one per feature of the table, in order
 * @param elements what stands beside them for categories whose levels are lists
 * @param pairs what stands beside them for numbers of which two tell more together
 */
record TreesEncoder(List<FeatureColumn> columns, List<ElementsColumn> elements, List<PairColumn> pairs) {
    TreesEncoder {
        columns = List.copyOf(columns);
        elements = elements == null ? List.of() : List.copyOf(elements); // absent in older models, as are pairs
        pairs = pairs == null ? List.of() : List.copyOf(pairs);
    }

    static TreesEncoder fit(Table table, int[] training) {
        List<ColumnProfile> features = table.profile().features();
        List<FeatureColumn> columns = new ArrayList<>();
        List<ElementsColumn> elements = new ArrayList<>();
        for (int f = 0; f < features.size(); f++) {
            ColumnProfile feature = features.get(f);
            columns.add(
                    switch (feature.kind()) {
                        case NUMERIC, BOOLEAN -> NumberColumn.fit(f, feature);
                        case DATETIME -> InstantColumn.fit(f, table, training);
                        case CATEGORICAL -> {
                            LevelCounts levels = LevelCounts.of(table, f, training);
                            ElementsColumn.fit(f, feature.levels(), levels).ifPresent(elements::add);
                            yield category(f, levels, table, training);
                        }
                        case TEXT -> TextColumn.fit(f, table, training);
                        case IDENTIFIER, CONSTANT ->
                            throw new IllegalArgumentException(feature.name() + " is no feature");
                    });
        }
        return new TreesEncoder(columns, elements, List.of());
    }

    /** The same with these pairs, which come last in a row. */
    TreesEncoder with(List<NumberPair> some) {
        return new TreesEncoder(
                columns, elements, some.stream().map(PairColumn::new).toList());
    }

    /** Native where levels are few; else by target statistics, or by rank where those say nothing. */
    private static FeatureColumn category(int feature, LevelCounts levels, Table table, int[] training) {
        CategoryColumn ranked = CategoryColumn.fit(feature, levels, training.length);
        return ranked.unordered()
                ? ranked
                : TargetMeans.fit(table, feature, training)
                        .<FeatureColumn>map(TargetColumn::new)
                        .orElse(ranked);
    }

    private Stream<FeatureColumn> all() {
        return Stream.of(columns, elements, pairs).flatMap(List::stream);
    }

    /** Columns of an encoded row. */
    int width() {
        return all().mapToInt(FeatureColumn::width).sum();
    }

    /** First column of a feature of the table in an encoded row. */
    int offset(int feature) {
        return columns.subList(0, feature).stream()
                .mapToInt(FeatureColumn::width)
                .sum();
    }

    /** XGBoost's type of every column. */
    String[] types() {
        return all().flatMap(c -> Collections.nCopies(c.width(), c.type()).stream())
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
        for (FeatureColumn column : all().toList()) {
            filling.fill(column, table, rows, new Cells(values, width, offset));
            offset += column.width();
        }
        return values;
    }

    private interface Filling {
        void fill(FeatureColumn column, Table table, int[] rows, Cells cells);
    }
}
