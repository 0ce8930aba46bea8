package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a model predicts for the rows that decide which of its steps (epochs or rounds) is kept, at each of them; of many steps every
 * second, third and so on. {@link StepChoice} makes predictions of it that no row has a say in for itself.
 */
public final class StepPredictions {
    /** From here on one row's say is too small to flatter its prediction. */
    private static final int MOST_ROWS = 1_000;

    private static final int MOST_STEPS = 64;

    private final int rows;
    private final int every;
    private final List<Matrix> kept = new ArrayList<>();
    private int steps;

    private StepPredictions(int rows, int every) {
        this.rows = rows;
        this.every = every;
    }

    /**
     * Before the first step.
     *
     * @param rows validation rows
     * @param steps how many steps there may be
     * @return empty where there are so many rows that it makes no difference, or a single one, which has no others
     */
    public static Optional<StepPredictions> of(int rows, int steps) {
        return rows < 2 || !flatters(rows)
                ? Optional.empty()
                : Optional.of(new StepPredictions(rows, share(steps, MOST_STEPS)));
    }

    /** Whether what was chosen by so many rows looks better on them than on others. */
    public static boolean flatters(int rows) {
        return rows <= MOST_ROWS;
    }

    /** The mean over models that may have made different numbers of steps, at least one each. */
    public static StepPredictions mean(List<StepPredictions> models) {
        StepPredictions mean = new StepPredictions(models.get(0).rows, models.get(0).every);
        for (int step = 0; step < longest(models); step++) {
            int at = step;
            mean.kept.add(Matrix.mean(models.stream().map(m -> m.at(at)).toList()));
        }
        return mean;
    }

    private static int share(int of, int parts) {
        return (of + parts - 1) / parts;
    }

    /** The greatest number of steps that one has kept. */
    static int longest(List<StepPredictions> models) {
        return models.stream().mapToInt(m -> m.kept.size()).max().orElseThrow();
    }

    /** Takes the predictions of the next step, which are made only where they are kept, and are not copied. */
    public void add(Supplier<Matrix> predictions) {
        if (steps % every == 0) {
            kept.add(predictions.get());
        }
        steps++;
    }

    /** The predictions of a step that was kept; after the last one its. */
    Matrix at(int step) {
        return kept.get(Math.min(step, kept.size() - 1));
    }

    /** All that was kept, step after step. */
    public Matrix toMatrix() {
        int columns = kept.get(0).columns();
        float[] values = new float[kept.size() * rows * columns];
        for (int step = 0; step < kept.size(); step++) {
            System.arraycopy(kept.get(step).values(), 0, values, step * rows * columns, rows * columns);
        }
        return new Matrix(kept.size() * rows, columns, values);
    }

    /**
     * Goes on where another was.
     *
     * @param made steps that it had made
     * @param matrix what {@link #toMatrix} gave
     * @throws IllegalArgumentException where that other was one of other rows or steps
     */
    public void restore(int made, Matrix matrix) {
        if (matrix.rows() != share(made, every) * rows) {
            throw new IllegalArgumentException(
                    matrix.rows() + " predictions are not those of " + rows + " rows after " + made + " steps");
        }
        kept.clear();
        int size = rows * matrix.columns();
        for (int from = 0; from < matrix.values().length; from += size) {
            kept.add(new Matrix(rows, matrix.columns(), Arrays.copyOfRange(matrix.values(), from, from + size)));
        }
        steps = made;
    }

    /**
     * Of a fit that has ended.
     *
     * @param rows validation rows
     * @param matrix what {@link #toMatrix} gave
     * @throws IllegalArgumentException where it is none of so many rows
     */
    public static StepPredictions ended(int rows, Matrix matrix) {
        if (matrix.rows() == 0 || matrix.rows() % rows != 0) {
            throw new IllegalArgumentException(
                    matrix.rows() + " predictions are not those of steps of " + rows + " rows");
        }
        StepPredictions ended = new StepPredictions(rows, 1);
        ended.restore(matrix.rows() / rows, matrix);
        return ended;
    }
}
