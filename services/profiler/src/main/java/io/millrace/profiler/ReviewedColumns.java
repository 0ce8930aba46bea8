package io.millrace.profiler;

import io.millrace.dataset.ColumnProfile;
import io.millrace.profiler.core.Findings;
import io.millrace.profiler.core.TargetDecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns after a second look, at their typed values: with statistics and levels, without what became constant or
 * repeats another, and with a note on what seems to give the target away.
 *
 * @param columns complete profiles by cell
 * @param warnings what the user should know
 */
record ReviewedColumns(Map<String, ColumnProfile> columns, List<String> warnings) {
    static ReviewedColumns of(Map<String, ColumnProfile> judged, TypedTable typed, TargetDecision decision) {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>(judged);
        List<String> warnings = new ArrayList<>();
        columns.replaceAll((cell, column) -> Findings.constantAfterTyping(typed.profile(cell, column)));
        dropRepeated(columns, typed, warnings);
        markSuspects(columns, typed, decision, warnings);
        return new ReviewedColumns(columns, warnings);
    }

    private static void dropRepeated(Map<String, ColumnProfile> columns, TypedTable typed, List<String> warnings) {
        List<List<String>> alike = Findings.maybeRepeated(columns);
        Map<String, Long> prints =
                typed.fingerprints(alike.stream().flatMap(List::stream).toList());
        for (List<String> group : alike) {
            Findings.repeated(group, prints).forEach((copy, first) -> {
                ColumnProfile column = columns.get(copy);
                String note = "repeats the column " + columns.get(first).name();
                columns.put(copy, Findings.unused(column, note));
                warnings.add("The column " + column.name() + " " + note + " and is not used.");
            });
        }
    }

    private static void markSuspects(
            Map<String, ColumnProfile> columns, TypedTable typed, TargetDecision decision, List<String> warnings) {
        List<String> numbers = columns.keySet().stream()
                .filter(c -> columns.get(c).kind().isStoredAsNumber())
                .toList();
        Map<String, Double> correlations = decision.classes().size() > 2 ? Map.of() : typed.correlations(numbers);
        double majority = typed.majority();
        columns.replaceAll((cell, column) -> {
            boolean linear = Math.abs(correlations.getOrDefault(cell, 0.0)) > Findings.LEAKING_CORRELATION;
            boolean pure = decision.task().isClassification()
                    && Findings.hasFewValues(column, typed.rows())
                    && Findings.isPure(typed.purity(cell), majority);
            if (!linear && !pure) {
                return column;
            }
            warnings.add("The column " + column.name()
                    + " determines the target almost alone; if it is known only after the fact, leave it out.");
            return Findings.suspected(column);
        });
    }
}
