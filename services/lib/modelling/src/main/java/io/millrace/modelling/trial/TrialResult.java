package io.millrace.modelling.trial;

import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a trial has produced so far.
 *
 * @param predictions out of fold, one row per row of the table, NaN where none was made
 * @param models parts of the fold models, under {@code fold-0/}, {@code fold-1/}...
 * @param curves learning curve by fold
 * @param complete whether all folds that were asked for are there
 * @param cpuSeconds processor time of the folds trained by the last call
 */
public record TrialResult(
        Matrix predictions,
        Map<String, byte[]> models,
        Map<Integer, LearningCurve> curves,
        boolean complete,
        double cpuSeconds) {
    /** Nothing yet. */
    public static TrialResult none(Table table) {
        Matrix nothing = Matrix.filled(table.rows(), table.profile().outputs(), Float.NaN);
        return new TrialResult(nothing, Map.of(), Map.of(), false, 0);
    }

    /** Folds that are trained, ascending. */
    public List<Integer> folds() {
        return curves.keySet().stream().sorted().toList();
    }

    /** Whether the trial's rule ended it because others were better at the same point. */
    public boolean stoppedByRule() {
        return curves.values().stream().anyMatch(LearningCurve::stoppedByRule);
    }

    /** This and some more folds. */
    TrialResult with(List<FoldResult> more, Table table, List<Integer> asked) {
        Matrix merged = new Matrix(
                predictions.rows(), predictions.columns(), predictions.values().clone());
        Map<String, byte[]> parts = new LinkedHashMap<>(models);
        Map<Integer, LearningCurve> points = new TreeMap<>(curves);
        for (FoldResult fold : more) {
            int[] rows = table.rowsOf(fold.fold());
            int width = merged.columns();
            for (int r = 0; r < rows.length; r++) {
                System.arraycopy(fold.predictions().values(), r * width, merged.values(), rows[r] * width, width);
            }
            fold.model().forEach((name, content) -> parts.put("fold-" + fold.fold() + "/" + name, content));
            points.put(fold.fold(), fold.curve());
        }
        double seconds = more.stream().mapToDouble(FoldResult::cpuSeconds).sum();
        return new TrialResult(merged, parts, points, points.keySet().containsAll(asked), seconds);
    }
}
