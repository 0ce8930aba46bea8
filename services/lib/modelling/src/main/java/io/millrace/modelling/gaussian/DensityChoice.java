package io.millrace.modelling.gaussian;

import io.millrace.configuration.GaussianConfiguration;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Shuffle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Chooses by cross-validation how densities of classes are regularised. Of few rows the least loss is luck, and many regularisations are
 * hardly worse: each gets the weight that the likelihood of the rows that were left out gives it (pseudo-Bayesian model averaging,
 * Yao et al., Bayesian Analysis 2018), and logarithms of densities are averaged. Of many rows one or two of them get it all.
 */
final class DensityChoice {
    /** Rows are dealt into parts anew until so many were left out, */
    private static final int ENOUGH = 1_000;
    /** or so many times: of few rows a single deal is luck. */
    private static final int MOST_DEALS = 5;

    /** Loss, in nats over all rows, by which a place is worse that is worth looking around: it weighs a hundredth of the best. */
    private static final double MARGIN = 4.6;
    /** Products of numbers that all places together may take, some 2 s, for it to be done. */
    private static final double MOST_PRODUCTS = 2e9;
    /** Powers less than this are not worth a factor. */
    private static final double LEAST_TRUST = 1e-3;

    private static final double[] POOLING = {.01, .1, .25, .5, .75, 1};
    private static final double[] SHRINKAGE = {.001, .003, .01, .03, .1, .2, .4, .7};
    private static final double[] TRUST = {1, .7, .5, .35, .25, .18, .12, .08};
    /** What is begun with: quadratic, between, and linear, each of which may have a least of its own. */
    private static final int[][] STARTS = {{0, 5}, {3, 4}, {5, 3}};

    /**
     * A part.
     *
     * @param rest sums over all other rows
     * @param left its rows
     * @param labels their classes
     */
    private record Part(ClassSums rest, Matrix left, int[] labels) {}

    private final List<Part> parts = new ArrayList<>();
    private final int deals;

    /**
     * By rows.
     *
     * @param labels class of each
     */
    DensityChoice(Matrix rows, int[] labels, int classes) {
        deals = Math.max(1, Math.min(MOST_DEALS, ENOUGH / labels.length));
        for (int deal = 0; deal < deals; deal++) {
            int[] partOf = partOf(labels, classes, deal);
            for (int part = 0; part < GaussianConfiguration.PARTS; part++) {
                add(rows, labels, classes, partOf, part);
            }
        }
    }

    /** The rows of each class in an order of chance, dealt out so that all parts have of it. */
    private static int[] partOf(int[] labels, int classes, int deal) {
        int[] order = IntStream.range(0, labels.length).toArray();
        Shuffle.inPlace(order, new SplittableRandom(deal));
        int[] seen = new int[classes];
        int[] partOf = new int[labels.length];
        for (int r : order) {
            partOf[r] = seen[labels[r]]++ % GaussianConfiguration.PARTS;
        }
        return partOf;
    }

    private void add(Matrix rows, int[] labels, int classes, int[] partOf, int part) {
        ClassSums rest = ClassSums.none(classes, rows.columns());
        int[] left =
                IntStream.range(0, labels.length).filter(r -> partOf[r] == part).toArray();
        for (int r = 0; r < labels.length; r++) {
            if (partOf[r] != part) {
                rest.add(rows, r, labels[r]);
            }
        }
        if (left.length > 0 && rest.rows() > 0) {
            parts.add(new Part(
                    rest,
                    rows.select(left),
                    Arrays.stream(left).map(r -> labels[r]).toArray()));
        }
    }

    /** Factors of a {@link DensityProduct}. */
    List<Regularisation> choose(BooleanSupplier stop) {
        Map<List<Integer>, double[]> losses = new LinkedHashMap<>();
        GridDescent descent = new GridDescent(
                new int[] {POOLING.length, SHRINKAGE.length},
                at -> {
                    double[] ofPlace = losses(at);
                    losses.put(List.of(at[0], at[1]), ofPlace);
                    return min(ofPlace);
                },
                stop);
        boolean all = POOLING.length * SHRINKAGE.length * products() <= MOST_PRODUCTS;
        double least = descent.around(all ? MARGIN : 0, STARTS).values().stream()
                .min(Double::compare)
                .orElseThrow();
        double weights = losses.values().stream()
                .flatMapToDouble(Arrays::stream)
                .map(loss -> Math.exp(least - loss))
                .sum();
        return losses.entrySet().stream()
                .map(e -> new Regularisation(
                        POOLING[e.getKey().get(0)],
                        SHRINKAGE[e.getKey().get(1)],
                        IntStream.range(0, TRUST.length)
                                .mapToDouble(t -> Math.exp(least - e.getValue()[t]) / weights * TRUST[t])
                                .sum()))
                .filter(how -> how.trust() >= LEAST_TRUST)
                .toList();
    }

    /** Of one place: those of factors and of distances. */
    private double products() {
        return parts.stream()
                .mapToDouble(part -> {
                    double classes = part.rest().byClass().size();
                    double columns = part.left().columns();
                    return classes * columns * columns * (columns / 3 + part.labels().length / 2.0);
                })
                .sum();
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    /** Sum of the log losses of all rows at a place, per trust; where rows were dealt several times the mean of the sums. */
    private double[] losses(int[] place) {
        double[] losses = new double[TRUST.length];
        for (Part part : parts) {
            ClassDensities densities =
                    ClassDensities.of(part.rest(), new Regularisation(POOLING[place[0]], SHRINKAGE[place[1]], 1));
            ClassShares classes = ClassShares.of(part.rest());
            double[][] logDensities = densities.logDensities(part.left());
            for (int t = 0; t < TRUST.length; t++) {
                for (int r = 0; r < part.labels().length; r++) {
                    losses[t] -= Math.log(classes.chances(logDensities[r], TRUST[t])[part.labels()[r]]) / deals;
                }
            }
        }
        return losses;
    }
}
