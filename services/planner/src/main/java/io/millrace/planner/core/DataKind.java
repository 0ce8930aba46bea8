package io.millrace.planner.core;

import io.millrace.events.DatasetProfiled;
import java.util.Locale;

/** Kinds of data between which experience with cures is not carried over: the task and the size of the table. */
public final class DataKind {
    private DataKind() {}

    /** Such as {@code binary-medium}. */
    public static String of(DatasetProfiled dataset) {
        long rows = dataset.trainingRows();
        String size = rows <= Regime.SMALL ? "small" : rows <= Regime.LARGE ? "medium" : "large";
        return dataset.task().name().toLowerCase(Locale.ROOT) + "-" + size;
    }
}
