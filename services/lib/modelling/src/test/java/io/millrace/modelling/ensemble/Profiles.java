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
final class Profiles {
    private Profiles() {}

    static DatasetProfile regression() {
        return profile(Task.REGRESSION, List.of());
    }

    static DatasetProfile classes(String... labels) {
        return profile(labels.length == 2 ? Task.BINARY : Task.MULTICLASS, List.of(labels));
    }

    private static DatasetProfile profile(Task task, List<String> classes) {
        ColumnProfile x = new ColumnProfile(
                "x", ColumnKind.NUMERIC, 0, 9, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        return new DatasetProfile(
                "toy",
                9,
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
