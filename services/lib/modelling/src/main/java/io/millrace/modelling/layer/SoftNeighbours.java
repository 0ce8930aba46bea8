package io.millrace.modelling.layer;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;

/**
 * Predicts a row as the mean of the targets of reference rows, each weighted by e^-d, where d is the squared distance after every
 * column was multiplied by a scale of its own: the diagonal form of neighbourhood components analysis (Goldberger et al., NIPS
 * 2004), for values of metric learning for kernel regression (Weinberger and Tesauro, AISTATS 2007). The scales are what is learnt.
 */
public final class SoftNeighbours implements AutoCloseable {
    /** Weights below it make no difference to a float. */
    private static final float NOTHING = 1e-9f;

    private final int batch;
    private final Tensor references;
    private final Tensor scaled;
    private final Tensor queries;
    private final Tensor weights;
    private final Tensor mixed;
    private final Tensor answers;
    private final Tensor means;
    private final float[] norms;
    private final float[] pulls;
    private int[] chosen;
    private float[] scales;

    /**
     * Room for it.
     *
     * @param references reference rows
     * @param batch rows that are predicted at once at most
     * @param columns columns of both
     * @param outputs columns of the targets
     */
    public SoftNeighbours(int references, int batch, int columns, int outputs) {
        this.batch = batch;
        this.references = new Tensor(references, columns);
        this.scaled = new Tensor(references, columns);
        this.queries = new Tensor(batch, columns);
        this.weights = new Tensor(batch, references);
        this.mixed = new Tensor(batch, columns);
        this.answers = new Tensor(references, outputs);
        this.means = new Tensor(batch, outputs);
        this.norms = new float[references];
        this.pulls = new float[references];
    }

    /**
     * Takes references and scales, which are copied.
     *
     * @param rows rows x columns
     * @param targets rows x outputs: one-hot classes, or the value
     * @param chosen which of the rows are references, as many as there is room for
     * @param scales one per column
     */
    public void refer(Matrix rows, Matrix targets, int[] chosen, float[] scales) {
        this.chosen = chosen.clone();
        this.scales = scales.clone();
        gather(targets, chosen, answers.values());
        gather(rows, chosen, scaled.values());
        stretch(scaled, chosen.length);
        for (int r = 0; r < chosen.length; r++) {
            norms[r] = norm(scaled.values(), r);
        }
        scaled.push(chosen.length);
    }

    /**
     * Predicts rows from the references.
     *
     * @param rows rows x columns
     * @param asked which of them, no more than a batch
     * @param leftOut whether they are of the same matrix as the references, and none has a say in its own prediction
     * @return asked x outputs
     */
    public Matrix predict(Matrix rows, int[] asked, boolean leftOut) {
        if (asked.length > batch) {
            throw new IllegalArgumentException(asked.length + " rows in place of " + batch + " at most");
        }
        gather(rows, asked, queries.values());
        stretch(queries, asked.length);
        queries.push(asked.length);
        Products.inputs(queries, scaled, weights, asked.length);
        float[] all = weights.values();
        for (int q = 0; q < asked.length; q++) {
            int from = q * chosen.length;
            // A row's own norm moves all its distances alike, which makes no difference.
            for (int r = 0; r < chosen.length; r++) {
                all[from + r] = 2 * all[from + r] - norms[r];
            }
            for (int r = 0; leftOut && r < chosen.length; r++) {
                all[from + r] = chosen[r] == asked[q] ? Float.NEGATIVE_INFINITY : all[from + r];
            }
            weigh(all, from, chosen.length);
        }
        Products.forward(weights, answers, means, asked.length);
        return new Matrix(asked.length, means.columns(), Arrays.copyOf(means.values(), asked.length * means.columns()));
    }

    /** A softmax over so many numbers that the time for each counts. */
    private static void weigh(float[] values, int from, int count) {
        float most = most(values, from, count);
        for (int i = from; i < from + count; i++) {
            values[i] = Nonlinearity.exp(values[i] - most);
        }
        float share = 1 / sum(values, from, count);
        for (int i = from; i < from + count; i++) {
            values[i] *= share;
        }
    }

    private static float most(float[] values, int from, int count) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            // A branch that is hardly ever taken; Math.max minds NaN and -0 as well, and takes longer for it.
            if (values[i] > most) {
                most = values[i];
            }
        }
        return most;
    }

    /** Four sums at once: an addition need not wait for the one before. */
    private static float sum(float[] values, int from, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int fours = from + count / 4 * 4;
        for (int i = from; i < fours; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (int i = fours; i < from + count; i++) {
            a += values[i];
        }
        return a + b + (c + d);
    }

    /**
     * Derivative of a loss by the logarithms of the scales.
     *
     * @param rows those of which the references are and some were predicted last, none with a say in its own prediction
     * @param asked which of them were predicted
     * @param predictions what {@link #predict} made of them
     * @param slopes derivative of the loss by each of the predictions
     * @param gradient takes the derivatives, one per column
     */
    public void gradient(Matrix rows, int[] asked, Matrix predictions, Matrix slopes, float[] gradient) {
        int columns = references.columns();
        float[] all = weights.values();
        Arrays.fill(pulls, 0);
        for (int q = 0; q < asked.length; q++) {
            float own = product(slopes, q, predictions.values(), q);
            for (int r = 0; r < chosen.length; r++) {
                // By the distance: nearer counts for more, so that it pulls the prediction to the reference's target.
                float weight = all[q * chosen.length + r];
                float pull = weight > NOTHING ? weight * (own - product(slopes, q, answers.values(), r)) : 0;
                all[q * chosen.length + r] = pull;
                pulls[r] += pull;
            }
        }
        gather(rows, chosen, references.values());
        Products.forward(weights, references, mixed, asked.length);
        Arrays.fill(gradient, 0);
        for (int q = 0; q < asked.length; q++) {
            for (int c = 0; c < columns; c++) {
                gradient[c] -= 2 * rows.get(asked[q], c) * mixed.values()[q * columns + c];
            }
        }
        for (int r = 0; r < chosen.length; r++) {
            for (int c = 0; c < columns; c++) {
                float value = references.values()[r * columns + c];
                gradient[c] += pulls[r] * value * value;
            }
        }
        for (int c = 0; c < columns; c++) {
            gradient[c] *= 2 * scales[c] * scales[c];
        }
    }

    private static float product(Matrix a, int rowOfA, float[] b, int rowOfB) {
        float sum = 0;
        for (int k = 0; k < a.columns(); k++) {
            sum += a.get(rowOfA, k) * b[rowOfB * a.columns() + k];
        }
        return sum;
    }

    private static void gather(Matrix rows, int[] chosen, float[] into) {
        int columns = rows.columns();
        for (int r = 0; r < chosen.length; r++) {
            System.arraycopy(rows.values(), chosen[r] * columns, into, r * columns, columns);
        }
    }

    private void stretch(Tensor rows, int count) {
        float[] values = rows.values();
        for (int r = 0; r < count; r++) {
            for (int c = 0; c < scales.length; c++) {
                values[r * scales.length + c] *= scales[c];
            }
        }
    }

    private float norm(float[] values, int row) {
        float sum = 0;
        for (int c = 0; c < scales.length; c++) {
            float value = values[row * scales.length + c];
            sum += value * value;
        }
        return sum;
    }

    @Override
    public void close() {
        references.close();
        scaled.close();
        queries.close();
        weights.close();
        mixed.close();
        answers.close();
        means.close();
    }
}
