package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Ensemble selection (Caruana et al. 2004) in AutoGluon's form: starting empty, up to {@value #ROUNDS} rounds each add
 * the candidate, with replacement, whose addition leaves the least error. Of equally good ones a member goes before a
 * newcomer and then the earlier candidate; the members up to the first minimum of the error are kept. A candidate's
 * weight is its share of the members.
 *
 * <p>On few rows the best member of many is partly luck. The selection is therefore repeated on rows drawn with
 * replacement and the weights are averaged (bagged ensemble selection, section 2.3 of the paper): up to {@value
 * #MOST_BAGS} bags, fewer the more rows there are. A candidate that is picked for less than one of the {@value #ROUNDS}
 * rounds on average over the bags was good on a few draws of the rows: it gets no weight, which makes the model smaller and,
 * if anything, better. <em>Measured</em> in services/ensembler/README.md.
 *
 * <p>Large tables are judged on a seeded, stratified sample of their rows (see {@link RowSample}).
 */
public final class GreedySelection {
    private static final int ROUNDS = 50;
    private static final int MOST_BAGS = 20;
    private static final int BAGGED_ROWS = 100_000;
    /** Relative difference below which two errors are equal: float predictions carry no more. */
    private static final double TIE = 1e-6;

    private GreedySelection() {}

    /**
     * Selects.
     *
     * @param target class index or value per row
     * @param candidates predictions of the same rows; one with a value that is not finite gets no weight
     * @param workers selections that share the bags of one, at least 1; each has at least one
     * @param stop asked once per round after the first; when true the members so far are kept
     * @return weight per candidate, adding up to 1; all 0 when no candidate is finite
     */
    public static double[] weights(
            Metric metric, double[] target, List<Matrix> candidates, int workers, long seed, BooleanSupplier stop) {
        return weights(metric, target, candidates, 0, workers, seed, stop);
    }

    /** The same where the first candidate, if usable, is a member so many times before the first round. */
    static double[] weights(
            Metric metric,
            double[] target,
            List<Matrix> candidates,
            int headStart,
            int workers,
            long seed,
            BooleanSupplier stop) {
        List<Integer> usable = new ArrayList<>();
        for (int j = 0; j < candidates.size(); j++) {
            if (isFinite(candidates.get(j))) {
                usable.add(j);
            }
        }
        double[] weights = new double[candidates.size()];
        if (usable.isEmpty()) {
            return weights;
        }
        int given = usable.get(0) == 0 ? headStart : 0;
        int[] rows = RowSample.forSelection(metric, target, candidates.get(0).columns(), seed);
        Matrix[] sampled = usable.stream()
                .map(candidates::get)
                .map(m -> rows.length == m.rows() ? m : m.select(rows))
                .toArray(Matrix[]::new);
        double[] picked = OutOfFold.pick(target, rows);
        int bags = Math.max(1, Math.min(MOST_BAGS, BAGGED_ROWS / Math.max(1, rows.length)) / workers);
        for (int bag = 0; bag < bags && (bag == 0 || !stop.getAsBoolean()); bag++) {
            List<Integer> members = members(error(metric, picked, sampled, bag, seed), sampled.length, given, stop);
            for (int member : members) {
                weights[usable.get(member)] += 1.0 / members.size();
            }
        }
        return withoutTheLeast(weights);
    }

    /** Those that make up a round or more, or the heaviest where none does; their weights add up to 1. */
    static double[] withoutTheLeast(double[] weights) {
        double all = Arrays.stream(weights).sum();
        double most = Arrays.stream(weights).max().orElseThrow();
        double least = Math.min(all / ROUNDS, most);
        double total = Arrays.stream(weights).filter(w -> w >= least).sum();
        return Arrays.stream(weights).map(w -> w >= least ? w / total : 0).toArray();
    }

    /** The error over all rows for the first bag, over rows drawn with replacement for the others. */
    private static EnsembleError error(Metric metric, double[] target, Matrix[] candidates, int bag, long seed) {
        if (bag == 0) {
            return EnsembleError.of(metric, target, candidates);
        }
        int[] drawn = new SplittableRandom(seed + bag)
                .ints(target.length, 0, target.length)
                .toArray();
        return EnsembleError.of(
                metric,
                OutOfFold.pick(target, drawn),
                Arrays.stream(candidates).map(m -> m.select(drawn)).toArray(Matrix[]::new));
    }

    private static List<Integer> members(EnsembleError error, int candidates, int given, BooleanSupplier stop) {
        List<Integer> members = new ArrayList<>(Collections.nCopies(given, 0));
        members.forEach(error::add);
        boolean[] used = new boolean[candidates];
        used[0] = given > 0;
        double least = given > 0 ? error.with(0) : Double.POSITIVE_INFINITY;
        int kept = Math.max(1, given);
        for (int round = 1; round <= ROUNDS && (round == 1 || !stop.getAsBoolean()); round++) {
            int best = 0;
            double bestError = error.with(0);
            for (int j = 1; j < candidates; j++) {
                double e = error.with(j);
                double slack = TIE * Math.abs(bestError);
                if (e < bestError - slack || (e <= bestError + slack && used[j] && !used[best])) {
                    best = j;
                    bestError = e;
                }
            }
            error.add(best);
            used[best] = true;
            members.add(best);
            if (bestError < least - TIE * Math.abs(least) || members.size() == 1) {
                least = bestError;
                kept = members.size();
            }
        }
        return members.subList(0, kept);
    }

    /** Whether all values are finite. */
    static boolean isFinite(Matrix matrix) {
        for (float value : matrix.values()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
