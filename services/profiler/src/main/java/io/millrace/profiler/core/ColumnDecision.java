package io.millrace.profiler.core;

import io.millrace.dataset.ColumnKind;
import java.util.Optional;

/**
 * What a column is taken for.
 *
 * @param kind its kind
 * @param format how its values are written, as {@link io.millrace.dataset.ColumnProfile#format()}
 * @param note why, where that is not obvious
 */
public record ColumnDecision(ColumnKind kind, Optional<String> format, Optional<String> note) {
    static ColumnDecision of(ColumnKind kind) {
        return new ColumnDecision(kind, Optional.empty(), Optional.empty());
    }

    static ColumnDecision of(ColumnKind kind, String note) {
        return new ColumnDecision(kind, Optional.empty(), Optional.of(note));
    }

    static ColumnDecision formatted(ColumnKind kind, String format) {
        return new ColumnDecision(kind, Optional.of(format), Optional.empty());
    }
}
