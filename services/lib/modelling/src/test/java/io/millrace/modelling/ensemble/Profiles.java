package io.millrace.modelling.ensemble;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Small profiles with one numeric feature. */
public final class Profiles {
    private Profiles() {}

    public static DatasetProfile regression() {
        return regression(9);
    }

    public static DatasetProfile regression(int rows) {
        return profile(rows, Task.REGRESSION, List.of());
    }

    public static DatasetProfile classes(String... labels) {
        return profile(9, labels.length == 2 ? Task.BINARY : Task.MULTICLASS, List.of(labels));
    }

    private static DatasetProfile profile(int rows, Task task, List<String> classes) {
        ColumnProfile x = new ColumnProfile(
                "x", ColumnKind.NUMERIC, 0, 9, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        return new DatasetProfile(
                "toy",
                rows,
                "y",
                task,
                classes,
                Collections.nCopies(classes.size(), 3L),
                List.of(x),
                List.of(""),
                3,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
    }
}
