package io.millrace.profiler.core;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What a user should know of columns and classes: repetition, leakage suspicions, rare classes. */
public final class Findings {
    /** A number that goes with the target like this is the target in other words. */
    public static final double LEAKING_CORRELATION = 0.999;

    private static final double LEAKING_PURITY = 0.999;
    private static final int LEAST_ROWS_PER_VALUE = 10;

    private Findings() {}

    /** A column that lost its last difference when it was typed or when rows without a target went. */
    public static ColumnProfile constantAfterTyping(ColumnProfile column) {
        boolean flat = column.kind().isStoredAsNumber()
                && (column.distinct() == 0 || (column.distinct() == 1 && column.missing() == 0));
        return flat ? unused(column, "one value only once it is typed") : column;
    }

    /** The column, not used for learning any more. It is constant given what the note names. */
    public static ColumnProfile unused(ColumnProfile column, String note) {
        return new ColumnProfile(
                column.name(),
                ColumnKind.CONSTANT,
                column.missing(),
                column.distinct(),
                column.statistics(),
                List.of(),
                column.format(),
                Optional.of(note));
    }

    /** The column, marked as suspect; it stays in use, since only the user knows when it is known. */
    public static ColumnProfile suspected(ColumnProfile column) {
        String note = "suspected leak: determines the target almost alone";
        return new ColumnProfile(
                column.name(),
                column.kind(),
                column.missing(),
                column.distinct(),
                column.statistics(),
                column.levels(),
                column.format(),
                Optional.of(column.note().map(n -> n + "; " + note).orElse(note)));
    }

    /** Features that may be the same, because their counts are: groups of two or more, in column order. */
    public static List<List<String>> maybeRepeated(Map<String, ColumnProfile> columns) {
        Map<List<Object>, List<String>> groups = new LinkedHashMap<>();
        columns.forEach((cell, column) -> {
            if (column.kind().isFeature()) {
                List<Object> counts = List.of(
                        column.kind(), column.missing(), column.distinct(), column.statistics(), column.levels());
                groups.computeIfAbsent(counts, k -> new ArrayList<>()).add(cell);
            }
        });
        return groups.values().stream().filter(g -> g.size() > 1).toList();
    }

    /** Copies and what they are a copy of. */
    public static Map<String, String> repeated(List<String> group, Map<String, Long> fingerprints) {
        Map<Long, String> first = new HashMap<>();
        Map<String, String> copies = new LinkedHashMap<>();
        for (String cell : group) {
            String known = first.putIfAbsent(fingerprints.get(cell), cell);
            if (known != null) {
                copies.put(cell, known);
            }
        }
        return copies;
    }

    /** Whether a column's values repeat so often that their purity means something. */
    public static boolean hasFewValues(ColumnProfile column, long rows) {
        return column.kind().isFeature()
                && column.kind() != ColumnKind.TEXT
                && column.distinct() >= 2
                && column.distinct() * LEAST_ROWS_PER_VALUE <= rows
                && column.distinct() <= ColumnProfile.MAX_LEVELS;
    }

    /** Whether a column tells the class nearly always, and far better than always naming the most frequent class. */
    public static boolean isPure(OptionalDouble purity, double majority) {
        return purity.isPresent()
                && purity.getAsDouble() >= LEAKING_PURITY
                && 1 - purity.getAsDouble() < 0.1 * (1 - majority);
    }

    /** Rows per class index; empty for regression. */
    public static List<Long> classCounts(int classes, double[] targets) {
        if (classes == 0) {
            return List.of();
        }
        long[] counts = new long[classes];
        for (double target : targets) {
            counts[(int) target]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /** Rows of the holdout. */
    public static long heldOut(int[] folds) {
        return Arrays.stream(folds).filter(f -> f == DatasetProfile.HOLDOUT).count();
    }

    /** One sentence when classes are too rare to be in every fold. */
    public static List<String> rareClasses(List<String> classes, List<Long> counts, int folds) {
        List<String> rare = IntStream.range(0, classes.size())
                .filter(i -> counts.get(i) < folds)
                .mapToObj(i -> classes.get(i) + " (" + counts.get(i) + ")")
                .toList();
        return rare.isEmpty()
                ? List.of()
                : List.of("Classes with fewer rows than folds are hard to learn and to score: "
                        + String.join(", ", rare) + ".");
    }
}
