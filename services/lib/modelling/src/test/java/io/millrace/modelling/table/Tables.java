package io.millrace.modelling.table;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Builds small tables for tests. */
public final class Tables {
    private final List<ColumnProfile> columns = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    public Tables with(ColumnKind kind, double... numbers) {
        return column(kind, List.of(), numbers);
    }

    public Tables withCategory(List<String> levels, int... codes) {
        return column(ColumnKind.CATEGORICAL, levels, codes);
    }

    public Tables withText(String... texts) {
        return column(ColumnKind.TEXT, List.of(), texts);
    }

    /** Rows get the folds 0 to 4 in turn. */
    public Table regression(double... target) {
        return table(Task.REGRESSION, List.of(), target);
    }

    public Table classification(List<String> classes, double... target) {
        return table(classes.size() == 2 ? Task.BINARY : Task.MULTICLASS, classes, target);
    }

    private Tables column(ColumnKind kind, List<String> levels, Object cells) {
        columns.add(new ColumnProfile(
                "c" + columns.size(),
                kind,
                0,
                levels.size(),
                Optional.empty(),
                levels,
                Optional.empty(),
                Optional.empty()));
        values.add(cells);
        return this;
    }

    private Table table(Task task, List<String> classes, double... target) {
        DatasetProfile profile = new DatasetProfile(
                "test",
                target.length,
                "y",
                task,
                classes,
                List.of(),
                columns,
                List.of(),
                5,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
        int[] folds = IntStream.range(0, target.length).map(r -> r % 5).toArray();
        return new Table(profile, target.length, values, target, folds);
    }
}
