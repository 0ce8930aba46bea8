package io.millrace.dataset;

import java.util.List;
import java.util.Optional;

/**
 * One column as the profiler found it.
 *
 * @param name header of the column in the source
 * @param kind what it holds
 * @param missing rows without a value, missing markers included
 * @param distinct exact number of distinct values, missing not counted
 * @param statistics exact moments and quantiles of numbers; empty for names and texts
 * @param levels for categories the names by falling frequency (at most {@link #MAX_LEVELS}); otherwise empty
 * @param format for dates the strptime pattern, for booleans {@code no/yes} as they stand in the source; otherwise empty
 * @param note why the kind was chosen where that is not obvious, or a warning such as a leakage suspicion
 */
public record ColumnProfile(
        String name,
        ColumnKind kind,
        long missing,
        long distinct,
        Optional<NumericStatistics> statistics,
        List<String> levels,
        Optional<String> format,
        Optional<String> note) {

    /** More levels than this are not listed; the rest counts as unknown. */
    public static final int MAX_LEVELS = 1000;

    public ColumnProfile {
        levels = List.copyOf(levels);
    }
}
