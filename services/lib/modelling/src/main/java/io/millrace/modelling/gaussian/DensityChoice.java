package io.millrace.modelling.gaussian;

import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Chooses by cross-validation how densities of classes are regularised, by the log loss of the parts that are left out in turn. */
final class DensityChoice {
    private static final int PARTS = 5;
    /** Rows are dealt into parts anew until so many were left out, */
    private static final int ENOUGH = 1_000;
    /** or so many times: of few rows a single deal is luck. */
    private static final int MOST_DEALS = 5;

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

    /**
     * By rows.
     *
     * @param labels class of each
     */
    DensityChoice(Matrix rows, int[] labels, int classes) {
        int deals = Math.max(1, Math.min(MOST_DEALS, ENOUGH / labels.length));
        for (int deal = 0; deal < deals; deal++) {
            int[] partOf = partOf(labels, classes, deal);
            for (int part = 0; part < PARTS; part++) {
                add(rows, labels, classes, partOf, part);
            }
        }
    }

    /** The rows of each class in an order of chance, dealt out so that all parts have of it. */
    private static int[] partOf(int[] labels, int classes, int deal) {
        SplittableRandom random = new SplittableRandom(deal);
        int[] order = new int[labels.length];
        for (int r = 0; r < order.length; r++) {
            int other = random.nextInt(r + 1);
            order[r] = order[other];
            order[other] = r;
        }
        int[] seen = new int[classes];
        int[] partOf = new int[labels.length];
        for (int r : order) {
            partOf[r] = seen[labels[r]]++ % PARTS;
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

    Regularisation choose(BooleanSupplier stop) {
        int[] place =
                new GridDescent(new int[] {POOLING.length, SHRINKAGE.length}, at -> min(losses(at)), stop).from(STARTS);
        double[] losses = losses(place);
        int trust = 0;
        for (int t = 1; t < TRUST.length; t++) {
            trust = losses[t] < losses[trust] ? t : trust;
        }
        return new Regularisation(POOLING[place[0]], SHRINKAGE[place[1]], TRUST[trust]);
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    /** Sum of the log losses at a place, per trust. */
    private double[] losses(int[] place) {
        double[] losses = new double[TRUST.length];
        for (Part part : parts) {
            ClassDensities densities =
                    ClassDensities.of(part.rest(), new Regularisation(POOLING[place[0]], SHRINKAGE[place[1]], 1));
            double[][] logDensities = densities.logDensities(part.left());
            for (int t = 0; t < TRUST.length; t++) {
                ClassDensities trusting = densities.trusting(TRUST[t]);
                for (int r = 0; r < part.labels().length; r++) {
                    losses[t] -= Math.log(trusting.chances(logDensities[r])[part.labels()[r]]);
                }
            }
        }
        return losses;
    }
}
