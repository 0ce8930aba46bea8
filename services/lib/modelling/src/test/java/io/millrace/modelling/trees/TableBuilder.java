package io.millrace.modelling.trees;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.NumericStatistics;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Builds tables for tests, column by column. */
public final class TableBuilder {
    private final List<ColumnProfile> columns = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    public TableBuilder numbers(String name, double... numbers) {
        return numbers(name, ColumnKind.NUMERIC, numbers);
    }

    public TableBuilder numbers(String name, ColumnKind kind, double... numbers) {
        return add(name, kind, List.of(), statistics(numbers), numbers);
    }

    private static Optional<NumericStatistics> statistics(double[] numbers) {
        double[] sorted =
                Arrays.stream(numbers).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double variance = Arrays.stream(sorted)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        return Optional.of(new NumericStatistics(
                sorted[0],
                sorted[sorted.length - 1],
                mean,
                Math.sqrt(variance),
                sorted[sorted.length / 4],
                sorted[sorted.length / 2],
                sorted[sorted.length * 3 / 4]));
    }

    public TableBuilder categories(String name, List<String> levels, int... codes) {
        return add(name, ColumnKind.CATEGORICAL, levels, Optional.empty(), codes);
    }

    public TableBuilder texts(String name, String... texts) {
        return add(name, ColumnKind.TEXT, List.of(), Optional.empty(), texts);
    }

    private TableBuilder add(
            String name, ColumnKind kind, List<String> levels, Optional<NumericStatistics> statistics, Object cells) {
        columns.add(new ColumnProfile(name, kind, 0, 2, statistics, levels, Optional.empty(), Optional.empty()));
        values.add(cells);
        return this;
    }

    /** A table whose row r is in fold r modulo {@code folds}. */
    public Table build(Task task, List<String> classes, int folds, double... target) {
        int[] fold = IntStream.range(0, target.length).map(r -> r % folds).toArray();
        return build(task, classes, folds, fold, target);
    }

    public Table build(Task task, List<String> classes, int folds, int[] fold, double... target) {
        List<Long> counts = IntStream.range(0, classes.size())
                .mapToObj(c -> Arrays.stream(target).filter(y -> (int) y == c).count())
                .toList();
        DatasetProfile profile = new DatasetProfile(
                "test",
                target.length,
                "target",
                task,
                classes,
                counts,
                columns,
                List.of(),
                folds,
                Arrays.stream(fold).filter(f -> f == DatasetProfile.HOLDOUT).count(),
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
        return new Table(profile, target.length, values, target, fold);
    }
}
