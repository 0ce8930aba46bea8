package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Isotonic calibration (Zadrozny and Elkan 2002): per class a rising curve from the probability that was said to the share
 * that came true, by pooling adjacent violators; more classes than two each against the rest, then normalised.
 *
 * <p>Rows are first pooled by {@value #BIN}, and each pool is drawn towards what was said as if by one more row, so that a
 * pool without a single hit does not become a certainty. Between the pools' means the curve is straight.
 *
 * @param curves per class; only that of the second for two classes
 */
record Isotonic(List<Curve> curves) implements Calibration {
    private static final int BIN = 50;
    /** Niculescu-Mizil and Caruana 2005: below a thousand rows isotonic calibration overfits; several per class and bin here. */
    private static final int LEAST_ROWS = 5_000;

    /** Points of a curve, both rising. */
    record Curve(List<Double> said, List<Double> came) {
        Curve {
            said = List.copyOf(said);
            came = List.copyOf(came);
        }

        double at(double p) {
            int found = Collections.binarySearch(said, p);
            int above = found < 0 ? -found - 1 : found;
            if (above == 0 || above == said.size()) {
                return came.get(Math.min(above, said.size() - 1));
            }
            double share = (p - said.get(above - 1)) / (said.get(above) - said.get(above - 1));
            return came.get(above - 1) + share * (came.get(above) - came.get(above - 1));
        }
    }

    Isotonic {
        curves = List.copyOf(curves);
    }

    static int leastRows(int classes) {
        return LEAST_ROWS * Math.max(1, classes - 1);
    }

    static Isotonic fit(double[] target, Matrix predictions) {
        int classes = predictions.columns();
        return new Isotonic(IntStream.range(classes == 2 ? 1 : 0, classes)
                .mapToObj(c -> curve(target, predictions, c))
                .toList());
    }

    private static Curve curve(double[] target, Matrix predictions, int positive) {
        int[] rows = IntStream.range(0, target.length)
                .boxed()
                .sorted(Comparator.comparingDouble(r -> predictions.get(r, positive)))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Pool> pools = new ArrayList<>();
        for (int from = 0; from < rows.length; from += BIN) {
            int[] bin = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BIN));
            double said = Arrays.stream(bin)
                    .mapToDouble(r -> predictions.get(r, positive))
                    .average()
                    .orElse(0);
            double hits = Arrays.stream(bin).filter(r -> target[r] == positive).count() + said;
            pools.add(new Pool(bin.length + 1.0, said * (bin.length + 1), hits));
            poolViolators(pools);
        }
        return new Curve(
                pools.stream().map(p -> p.said / p.rows).toList(),
                pools.stream().map(p -> p.hits / p.rows).toList());
    }

    /** Joins the last pool with those before it that do not lie below it. */
    private static void poolViolators(List<Pool> pools) {
        while (pools.size() > 1) {
            Pool last = pools.get(pools.size() - 1);
            Pool before = pools.get(pools.size() - 2);
            if (before.hits / before.rows < last.hits / last.rows
                    && before.said / before.rows < last.said / last.rows) {
                return;
            }
            pools.remove(pools.size() - 1);
            pools.set(
                    pools.size() - 1,
                    new Pool(before.rows + last.rows, before.said + last.said, before.hits + last.hits));
        }
    }

    /** Rows, the sum of their probabilities, and how often the class came true; each with what stands for one more row. */
    private record Pool(double rows, double said, double hits) {}

    @Override
    public Matrix apply(Matrix predictions) {
        int classes = predictions.columns();
        Matrix calibrated = Matrix.filled(predictions.rows(), classes, 0);
        for (int r = 0; r < predictions.rows(); r++) {
            if (classes == 2) {
                float p = (float) curves.get(0).at(predictions.get(r, 1));
                calibrated.set(r, 1, p);
                calibrated.set(r, 0, 1 - p);
            } else {
                normalised(predictions, calibrated, r);
            }
        }
        return calibrated;
    }

    private void normalised(Matrix predictions, Matrix calibrated, int row) {
        double[] came = new double[curves.size()];
        double total = 0;
        for (int c = 0; c < came.length; c++) {
            came[c] = curves.get(c).at(predictions.get(row, c));
            total += came[c];
        }
        for (int c = 0; c < came.length; c++) {
            calibrated.set(row, c, total > 0 ? (float) (came[c] / total) : predictions.get(row, c));
        }
    }
}
