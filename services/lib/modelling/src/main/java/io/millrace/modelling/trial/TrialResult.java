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
 * @param checkpoint parts from which a fold that paused goes on, under its {@code fold-0/}; empty where none did
 */
public record TrialResult(
        Matrix predictions,
        Map<String, byte[]> models,
        Map<Integer, LearningCurve> curves,
        boolean complete,
        double cpuSeconds,
        Map<String, byte[]> checkpoint) {
    /** Nothing yet. */
    public static TrialResult none(Table table) {
        Matrix nothing = Matrix.filled(table.rows(), table.profile().outputs(), Float.NaN);
        return new TrialResult(nothing, Map.of(), Map.of(), false, 0, Map.of());
    }

    /** Folds that are trained, ascending. */
    public List<Integer> folds() {
        return curves.keySet().stream().sorted().toList();
    }

    /** Whether the trial's rule ended it because others were better at the same point. */
    public boolean stoppedByRule() {
        return curves.values().stream().anyMatch(LearningCurve::stoppedByRule);
    }

    /** Whether a fold was trained as far as it goes; one that paused was not. */
    boolean hasEnded(int fold) {
        return curves.containsKey(fold) && !curves.get(fold).paused();
    }

    /** Whether it paused and can go on. */
    public boolean paused() {
        return curves.values().stream().anyMatch(LearningCurve::paused);
    }

    /**
     * This and some more folds, or more of a fold that had paused.
     *
     * @param complete whether these are all that were asked for
     */
    TrialResult with(List<FoldResult> more, Table table, boolean complete) {
        Matrix merged = predictions.copy();
        Map<String, byte[]> parts = new LinkedHashMap<>(models);
        Map<Integer, LearningCurve> points = new TreeMap<>(curves);
        Map<String, byte[]> checkpoints = new LinkedHashMap<>();
        for (FoldResult fold : more) {
            int[] rows = table.rowsOf(fold.fold());
            int width = merged.columns();
            for (int r = 0; r < rows.length; r++) {
                System.arraycopy(fold.predictions().values(), r * width, merged.values(), rows[r] * width, width);
            }
            String under = "fold-" + fold.fold() + "/";
            fold.model().forEach((name, content) -> parts.put(under + name, content));
            fold.checkpoint().forEach((name, content) -> checkpoints.put(under + name, content));
            points.put(fold.fold(), fold.curve());
        }
        double seconds = more.stream().mapToDouble(FoldResult::cpuSeconds).sum();
        return new TrialResult(merged, parts, points, complete, seconds, checkpoints);
    }
}
