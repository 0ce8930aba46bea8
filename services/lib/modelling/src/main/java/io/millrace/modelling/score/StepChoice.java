package io.millrace.modelling.score;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Out-of-fold predictions that do not flatter. A fold's model is kept at the step (epoch or round) that is best on the fold's own rows.
 * That step is in part luck on these very rows: the model's predictions of them are better than those of new rows will be, the
 * more so the fewer they are and the more the steps differ (Cawley and Talbot 2010, On Over-fitting in Model Selection and
 * Subsequent Selection Bias in Performance Evaluation, JMLR 11). Here each fold takes its predictions from the step that is best for the
 * other folds, a nested cross-validation of the choice of the step, which costs no training; a fold that is alone is dealt into
 * {@value #PARTS} parts that take the place of folds.
 */
public final class StepChoice {
    private static final int PARTS = 5;

    private final Metric metric;

    /**
     * A choice.
     *
     * @param metric by which steps are chosen; log loss or RMSE stand in where it is undefined, as AUC is for one class
     */
    public StepChoice(Metric metric) {
        this.metric = metric;
    }

    /**
     * Rows that were predicted together.
     *
     * @param target class index or value per row
     */
    public record Fold(StepPredictions steps, double[] target) {}

    /** Rows that share a step, places of rows of their fold. */
    private record Group(Fold fold, int[] rows) {
        static Group of(Fold fold) {
            return new Group(fold, IntStream.range(0, fold.target().length).toArray());
        }

        static Group part(Fold fold, int part) {
            return new Group(
                    fold,
                    IntStream.range(0, fold.target().length)
                            .filter(r -> r % PARTS == part)
                            .toArray());
        }

        /** Sum over the rows. */
        double error(Metric metric, int step) {
            Matrix predictions = fold.steps().at(step).select(rows);
            return rows.length
                    * metric.asError(Scoring.score(metric, OutOfFold.pick(fold.target(), rows), predictions));
        }
    }

    /** Predictions of the rows of each fold; at least one. */
    public List<Matrix> predictions(List<Fold> folds) {
        if (folds.size() > 1) {
            List<Group> groups = folds.stream().map(Group::of).toList();
            int[] chosen = chosen(groups);
            return IntStream.range(0, chosen.length)
                    .mapToObj(g -> folds.get(g).steps().at(chosen[g]))
                    .toList();
        }
        Fold alone = folds.get(0);
        List<Group> parts = IntStream.range(0, Math.min(PARTS, alone.target().length))
                .mapToObj(part -> Group.part(alone, part))
                .toList();
        Matrix predictions = alone.steps().at(0).copy();
        int[] chosen = chosen(parts);
        for (int p = 0; p < chosen.length; p++) {
            for (int row : parts.get(p).rows()) {
                predictions.setRow(row, alone.steps().at(chosen[p]));
            }
        }
        return List.of(predictions);
    }

    /** The step per group with the least error of the others; of equally good ones the latest, as for a model. */
    private int[] chosen(List<Group> groups) {
        List<double[]> errors = errors(groups);
        int[] chosen = new int[groups.size()];
        double[] least = new double[groups.size()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int step = 0; step < errors.size(); step++) {
            double[] ofStep = errors.get(step);
            for (int g = 0; g < chosen.length; g++) {
                double others = 0;
                for (int o = 0; o < ofStep.length; o++) {
                    others += o == g ? 0 : ofStep[o];
                }
                if (others <= least[g]) {
                    least[g] = others;
                    chosen[g] = step;
                }
            }
        }
        return chosen;
    }

    /** Per step the error of every group. */
    private List<double[]> errors(List<Group> groups) {
        List<double[]> errors = errors(groups, metric);
        boolean defined = errors.stream().flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
        boolean classes = groups.get(0).fold().steps().at(0).columns() > 1;
        return defined ? errors : errors(groups, classes ? Metric.LOG_LOSS : Metric.RMSE);
    }

    private static List<double[]> errors(List<Group> groups, Metric metric) {
        int steps = StepPredictions.longest(
                groups.stream().map(g -> g.fold().steps()).toList());
        List<double[]> errors = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int at = step;
            errors.add(groups.stream().mapToDouble(g -> g.error(metric, at)).toArray());
        }
        return errors;
    }
}
