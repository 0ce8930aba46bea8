package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What an ensemble and its best member predict for rows that they were not chosen on. Each fifth of the rows in turn is predicted
 * by the weights and the finish fitted to the other four, and by the member that is the best on those four, so that the luck of a
 * choice counts for neither. Only whether there is a calibration or a stack, and which, is taken from all rows: it was itself
 * cross-validated, and choosing it anew would take several times as long.
 *
 * <p>The five selections together take about as long as that on all rows: they are bagged less and see at most {@value
 * #MOST_ROWS} rows each, which makes the ensemble look a little worse rather than better.
 *
 * @param ensemble the ensemble's predictions, one row per row
 * @param best those of the best member
 */
record CrossFit(Matrix ensemble, Matrix best) {
    private static final int MOST_ROWS = 20_000;

    /**
     * Fits and predicts; {@code base} was chosen on other rows.
     *
     * @return nothing where {@code stop} becomes true before all parts are done, or there is but one row
     */
    static Optional<CrossFit> of(
            Metric metric,
            double[] target,
            List<Matrix> candidates,
            Base base,
            FinishWay way,
            long seed,
            BooleanSupplier stop) {
        int[] finite = IntStream.range(0, candidates.size())
                .filter(j -> GreedySelection.isFinite(candidates.get(j)))
                .toArray();
        List<Matrix> usable = Arrays.stream(finite).mapToObj(candidates::get).toList();
        Base left = base.among(finite);
        List<Parts.Part> parts = Parts.of(target.length);
        int columns = usable.get(0).columns();
        CrossFit all = new CrossFit(Matrix.filled(target.length, columns, 0), Matrix.filled(target.length, columns, 0));
        for (Parts.Part part : parts) {
            if (part.fitted().length == 0 || stop.getAsBoolean()) {
                return Optional.empty();
            }
            int[] fitted = sample(target, part.fitted(), seed);
            List<Matrix> held = select(usable, part.held());
            Choice choice = Choice.of(
                    metric,
                    OutOfFold.pick(target, fitted),
                    select(usable, fitted),
                    left,
                    way,
                    parts.size(),
                    seed,
                    stop);
            put(choice.ensemble(held), all.ensemble, part.held());
            put(choice.best(held), all.best, part.held());
        }
        return stop.getAsBoolean() ? Optional.empty() : Optional.of(all);
    }

    private static int[] sample(double[] target, int[] rows, long seed) {
        return IntStream.of(RowSample.stratified(OutOfFold.pick(target, rows), MOST_ROWS, seed))
                .map(i -> rows[i])
                .toArray();
    }

    private static List<Matrix> select(List<Matrix> candidates, int[] rows) {
        return candidates.stream().map(m -> m.select(rows)).toList();
    }

    private static void put(Matrix from, Matrix to, int[] rows) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from.values(), i * from.columns(), to.values(), rows[i] * to.columns(), from.columns());
        }
    }
}
