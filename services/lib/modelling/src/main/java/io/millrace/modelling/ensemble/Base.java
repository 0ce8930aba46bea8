package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The ensemble of the {@link Bagged} candidates, to which others can be added.
 *
 * @param candidates positions of the bagged ones among all candidates
 * @param weights weight of each, adding up to 1; both are empty where there is no such ensemble
 */
record Base(int[] candidates, double[] weights) {
    static final Base NONE = new Base(new int[0], new double[0]);
    /** Members that it counts for, beside those that are added: half as many as there may be. */
    private static final int MEMBERS = 25;

    /** Chosen on all rows that the bagged candidates predict. */
    static Base onAllRows(Metric metric, Bagged bagged, long seed, BooleanSupplier stop) {
        return of(metric, bagged.candidates(), bagged.target(), bagged.predictions(), seed, stop);
    }

    /** Chosen on the rows alone that others lack, so that what all predict can judge it. */
    static Base onOwnRows(Metric metric, Bagged bagged, long seed, BooleanSupplier stop) {
        int[] own = bagged.own();
        return of(
                metric,
                bagged.candidates(),
                OutOfFold.pick(bagged.target(), own),
                bagged.predictions().stream().map(m -> m.select(own)).toList(),
                seed,
                stop);
    }

    private static Base of(
            Metric metric,
            int[] candidates,
            double[] target,
            List<Matrix> predictions,
            long seed,
            BooleanSupplier stop) {
        double[] weights = GreedySelection.weights(metric, target, predictions, 1, seed, stop);
        return Arrays.stream(weights).sum() > 0 ? new Base(candidates, weights) : NONE;
    }

    /** The same where only some of the candidates are left; their weights add up to 1 again. */
    Base among(int[] left) {
        int[] places = IntStream.range(0, candidates.length)
                .filter(i -> Arrays.binarySearch(left, candidates[i]) >= 0)
                .toArray();
        double total = Arrays.stream(places).mapToDouble(i -> weights[i]).sum();
        return total > 0
                ? new Base(
                        Arrays.stream(places)
                                .map(i -> Arrays.binarySearch(left, candidates[i]))
                                .toArray(),
                        Arrays.stream(places)
                                .mapToDouble(i -> weights[i] / total)
                                .toArray())
                : NONE;
    }

    /** Selects as {@link GreedySelection} does, from this and the candidates that are not in it. */
    double[] extended(Metric metric, double[] target, List<Matrix> all, int workers, long seed, BooleanSupplier stop) {
        if (candidates.length == 0) {
            return GreedySelection.weights(metric, target, all, workers, seed, stop);
        }
        int[] others = IntStream.range(0, all.size())
                .filter(j -> Arrays.stream(candidates).noneMatch(c -> c == j))
                .toArray();
        List<Matrix> choice = new ArrayList<>();
        choice.add(mean(all));
        Arrays.stream(others).mapToObj(all::get).forEach(choice::add);
        double[] chosen = GreedySelection.weights(metric, target, choice, MEMBERS, workers, seed, stop);
        double[] extended = new double[all.size()];
        for (int i = 0; i < candidates.length; i++) {
            extended[candidates[i]] = chosen[0] * weights[i];
        }
        for (int j = 0; j < others.length; j++) {
            extended[others[j]] = chosen[1 + j];
        }
        return extended;
    }

    private Matrix mean(List<Matrix> all) {
        List<Matrix> bagged = Arrays.stream(candidates).mapToObj(all::get).toList();
        return Finish.mean(Choice.members(weights, bagged), Choice.shares(weights));
    }
}
