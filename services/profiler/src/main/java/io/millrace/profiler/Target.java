package io.millrace.profiler;

import io.millrace.events.RunSettings;
import io.millrace.modelling.source.ColumnCast;
import io.millrace.modelling.source.NewRows;
import io.millrace.modelling.source.RawTable;
import io.millrace.profiler.core.ColumnFacts;
import io.millrace.profiler.core.RejectedDatasetException;
import io.millrace.profiler.core.TargetChoice;
import io.millrace.profiler.core.TargetDecision;
import java.util.List;
import java.util.Optional;

/**
 * The column that is predicted.
 *
 * @param position position in the header
 * @param markers missing markers that occur in it
 * @param decision what is predicted of it
 * @param warning what to tell when it was guessed, or named a little differently
 */
record Target(int position, List<String> markers, TargetDecision decision, Optional<String> warning) {
    /** The column asked for, else a guess; throws a {@link RejectedDatasetException} when it cannot be learnt. */
    static Target of(RawTable raw, RawFacts rawFacts, RunSettings asked) {
        List<String> header = raw.header();
        int position = asked.target()
                .map(name -> TargetChoice.named(header, name))
                .or(() -> TargetChoice.guess(header, i -> rawFacts.of(i, "true")))
                .orElseThrow(() -> new RejectedDatasetException(
                        "no-target",
                        "no column can be predicted: all are identifiers, texts, dates or constant",
                        "Name the target column."));
        ColumnFacts facts = rawFacts.of(position, "true");
        TargetDecision decision = TargetDecision.of(
                onlyPresent(rawFacts, position, facts),
                raw.rows(),
                rawFacts.values(position, TargetDecision.MOST_CLASSES + 1),
                asked.task());
        return new Target(position, facts.markers(), decision, warning(header.get(position), asked.target()));
    }

    private static Optional<String> warning(String chosen, Optional<String> asked) {
        if (asked.isEmpty()) {
            return Optional.of("No target was named; '" + chosen + "' was chosen.");
        }
        return asked.filter(name -> !name.equals(chosen))
                .map(name -> "The target '" + name + "' was taken for the column '" + chosen + "'.");
    }

    /** The target's facts again over the rows that have one: nothing else is learnt from. */
    private static ColumnFacts onlyPresent(RawFacts rawFacts, int target, ColumnFacts facts) {
        return facts.missing() == 0 || facts.present() == 0 ? facts : rawFacts.of(target, RawFacts.present(target));
    }

    /** SQL of the class index or the number; NULL where a row has no usable target. */
    String sql(ColumnCast cast) {
        String cell = RawTable.column(position);
        return decision.task().isClassification()
                ? NewRows.targetSql(cell, decision.classes(), cast)
                : decision.format().finiteSql(cell);
    }
}
